    Context (VC VB : St -> R).
    Hypothesis values_C : is_value i e VC.
    Hypothesis values_B : is_value i p VB.

    Let Q (V : St -> R) s x b := r i s (joint x b) + gamma * onward s (joint x b) V.

    Lemma Q_bounded V s x b : (forall t, Rabs (V t) <= 1 / (1 - gamma)) ->
      Rabs (Q V s x b) <= 1 / (1 - gamma).
    Proof.
      intros H; unfold Q; eapply Rle_trans; [apply Rabs_triang |].
      replace (1 / (1 - gamma)) with (1 + gamma * (1 / (1 - gamma))) by (field; lra).
      apply Rplus_le_compat; [apply r_bounded |].
      rewrite Rabs_mult, (Rabs_right gamma) by lra.
      apply Rmult_le_compat_l; [lra | apply onward_bounded; intros t _; apply H].
    Qed.

    Lemma bounded_C t : Rabs (VC t) <= 1 / (1 - gamma).
    Proof. apply (value_bounded _ _ _ _ expert_policy values_C). Qed.

    Lemma bounded_B t : Rabs (VB t) <= 1 / (1 - gamma).
    Proof. apply (value_bounded _ _ _ _ learner_policy values_B). Qed.

    Lemma Q_same s x b : Q VC s x b - Q VB s x b =
      gamma * onward s (joint x b) (fun t => VC t - VB t).
    Proof.
      unfold Q, onward.
      rewrite (sum_ext states (fun t => P s (joint x b) t * (VC t - VB t))
        (fun t => P s (joint x b) t * VC t - P s (joint x b) t * VB t)) by (intros t; ring).
      rewrite sum_minus; ring.
    Qed.

    Lemma agreement s :
      sum2 (acts i) Os (fun x b => shared i s x * m_o s b * (Q VC s x b - Q VB s x b)) =
      sum states (fun t => K s t * (VC t - VB t)).
    Proof.
      transitivity (sum2 (acts i) Os (fun x b => sum states (fun t =>
        gamma * (VC t - VB t) * (shared i s x * m_o s b * P s (joint x b) t)))).
      - apply sum2_ext; intros x b; rewrite Q_same; unfold onward.
        rewrite <- Rmult_assoc, <- sum_scal; apply sum_ext; intros t; ring.
      - rewrite sum2_sum; apply sum_ext; intros t; rewrite sum2_scal; unfold K; ring.
    Qed.

    (** The recursion at a state: the exported local step, and the exported induction. *)
    Lemma recursion s : VC s - VB s <=
      2 / (1 - gamma) * (TV i s + sum others (fun j => TV j s)) +
      sum states (fun t => K s t * (VC t - VB t)).
    Proof.
      assert (EC : VC s = sum2 (acts i) Os (fun x b =>
        (shared i s x + (e i s x - shared i s x)) *
        (m_o s b + (play (fun j => e j s) others b - m_o s b)) * Q VC s x b)).
      { rewrite values_C, mean_split; apply sum2_ext; intros x b; unfold Q; ring. }
      assert (EB : VB s = sum2 (acts i) Os (fun x b =>
        (shared i s x + (p i s x - shared i s x)) *
        (m_o s b + (play (fun j => p j s) others b - m_o s b)) * Q VB s x b)).
      { rewrite values_B, mean_split; apply sum2_ext; intros x b; unfold Q; ring. }
      assert (L := value_recursion_step_2 gamma 1 (TV i s) (lo s) (acts i) Os
        (shared i s) (fun x => e i s x - shared i s x) (fun x => p i s x - shared i s x)
        (fun b => play (fun j => e j s) others b - m_o s b) (m_o s)
        (fun b => play (fun j => p j s) others b - m_o s b) (Q VC s) (Q VB s)).
      assert (I := one_minus_agreement_le_disagreement_step_1 gamma 1 others (fun j => TV j s)).
      cbv beta in L, I; rewrite <- EC, <- EB, agreement in L.
      assert (T := TV_range i s).
      assert (O : forall b, 0 <= m_o s b <= play (fun j => p j s) others b).
      { intros b; apply prod_between; intros j; split; [apply shared_between | apply Rmin_l]. }
      assert (O' : forall b, 0 <= m_o s b <= play (fun j => e j s) others b).
      { intros b; apply prod_between; intros j; apply shared_between. }
      eapply Rle_trans; [apply L |].
      - assumption.
      - lra.
      - intros x; apply shared_between.
      - intros x; assert (H := shared_between i s x); lra.
      - intros x; assert (H := Rmin_l (p i s x) (e i s x)); unfold shared; lra.
      - intros b; specialize (O' b); lra.
      - intros b; apply O.
      - intros b; specialize (O b); lra.
      - unfold TV; ring.
      - rewrite sum_minus, mass_experts, mass_others; ring.
      - rewrite sum_minus; unfold TV; f_equal; apply expert_policy.
      - apply mass_others.
      - rewrite sum_minus, mass_learners, mass_others; ring.
      - rewrite sum_minus; unfold TV; f_equal; apply learner_policy.
      - intros x b; eapply Rle_trans; [apply RRle_abs | apply Q_bounded, bounded_C].
      - intros x b; eapply Rle_trans; [apply Rle_abs | rewrite Rabs_Ropp; apply Q_bounded, bounded_B].
      - assert (D : 1 - lo s <= sum others (fun j => TV j s)).
        { apply I; [assumption | lra | | ]; intros j; apply TV_range. }
        assert (N : 0 <= sum others (fun j => TV j s))
          by (apply sum_nonneg; intros j; apply TV_range).
        rewrite Rplus_comm; apply Rplus_le_compat_r, Rmult_le_compat_l;
          [apply over_nonneg; lra |].
        apply (one_minus_joint_agreement_le_disagreement_step_1 gamma 1); lra.
    Qed.

    Context (mu : St -> R).
    Hypothesis visits : is_occupancy e mu.

    Lemma error_TV j : error mu e p j = 2 * sum states (fun s => mu s * TV j s).
    Proof.
      unfold error; rewrite <- sum_scal; apply sum_ext; intros s.
      rewrite <- Rmult_assoc, (Rmult_comm 2), Rmult_assoc; f_equal.
      transitivity (sum (acts j) (fun a => (p j s a + e j s a) + (-2) * shared j s a)).
      - apply sum_ext; intros a; unfold shared, Rmin.
        destruct (Rle_dec (p j s a) (e j s a)); [rewrite Rabs_left1 | rewrite Rabs_right]; lra.
      - rewrite sum_plus, sum_scal, sum_plus.
        transitivity ((1 + 1) + (-2) * sum (acts j) (shared j s)); [| unfold TV; ring].
        f_equal; f_equal; [apply learner_policy | apply expert_policy].
    Qed.

    Lemma difference_le_errors : from_start VC - from_start VB <=
      (error mu e p i + sum others (error mu e p)) / (1 - gamma) ^ 2.
    Proof.
      set (c := fun s => 2 / (1 - gamma) * (TV i s + sum others (fun j => TV j s))).
      assert (C : forall s, 0 <= c s).
      { intros s; apply Rmult_le_pos; [apply over_nonneg; lra |].
        apply Rplus_le_le_0_compat; [apply TV_range |].
        apply sum_nonneg; intros j; apply TV_range. }
      assert (M := resolvent states gamma (kernel e) nu mu gamma_range nu_nonneg
        (visits_nonneg e mu expert_policy visits) visits
        (fun s => VC s - VB s) c K K_range C recursion).
      assert (E : sum states (fun s => mu s * c s) =
        (error mu e p i + sum others (error mu e p)) / (1 - gamma)).
      { rewrite (sum_ext others (error mu e p)
          (fun j => 2 * sum states (fun s => mu s * TV j s))) by (intros j; apply error_TV).
        rewrite error_TV, sum_scal, sum_swap.
        transitivity (2 / (1 - gamma) * sum states (fun s => mu s * TV i s) +
          2 / (1 - gamma) * sum states (fun s => sum others (fun j => mu s * TV j s)));
          [| field; lra].
        rewrite <- !sum_scal, <- sum_plus; apply sum_ext; intros s; unfold c.
        rewrite sum_scal; field; lra. }
      rewrite E in M.
      assert (W : sum states (fun s => nu s * (VC s - VB s)) = from_start VC - from_start VB).
      { unfold from_start; rewrite <- sum_minus; apply sum_ext; intros s; ring. }
      rewrite W in M; apply Rmult_le_reg_l with (1 - gamma); [lra |].
      eapply Rle_trans; [apply M | apply Req_le; field; lra].
    Qed.
  End Player.

  Lemma others_of i : In i players -> exists others, Permutation players (i :: others).
  Proof.
    intros H; destruct (in_split i players H) as [k [l E]]; exists (k ++ l).
    rewrite E; apply Permutation_sym, Permutation_middle.
  Qed.

  (** The value gap: what the learner's play is worth less to any player than the expert's. *)
  Theorem value_gap_whole (e p : profile) (mu : St -> R) (eps : R) :
    is_policy e -> is_policy p -> is_occupancy e mu ->
    (forall j, In j players -> error mu e p j <= eps) ->
    forall i, In i players ->
    forall VC VB, is_value i e VC -> is_value i p VB ->
    from_start VC - from_start VB <= INR (length players) * eps / (1 - gamma) ^ 2.
  Proof.
    intros He Hp Hmu Heps i Hi VC VB HC HB.
    destruct (others_of i Hi) as [others split].
    eapply Rle_trans; [apply (difference_le_errors i others e p split He Hp VC VB HC HB mu Hmu) |].
    assert (count : INR (length players) = INR (length others) + 1)
      by (rewrite (Permutation_length split), <- S_INR; reflexivity).
    apply value_difference_le_bc_error_step_2;
      [assumption | rewrite count | apply Heps, Hi | rewrite count].
    - assert (N := pos_INR (length others)); lra.
    - replace (INR (length others) + 1 - 1) with (INR (length others)) by ring.
      rewrite <- sum_const; apply sum_le_in; intros j Hj; apply Heps.
      apply (Permutation_in j (Permutation_sym split)); right; exact Hj.
  Qed.
End Game.

Check @value_gap_whole.

(** Nothing is admitted: the axioms are those of the real numbers, with extensionality. *)
Print Assumptions value_gap_whole.
