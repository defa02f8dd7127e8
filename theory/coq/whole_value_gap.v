    Context (VC VB : St -> R).
    Hypothesis values_C : is_value i e VC.
    Hypothesis values_B : is_value i p VB.

    Lemma bounded_C t : Rabs (VC t) <= 1 / (1 - gamma).
    Proof. apply (value_bounded _ _ _ _ expert_policy values_C). Qed.

    Lemma bounded_B t : Rabs (VB t) <= 1 / (1 - gamma).
    Proof. apply (value_bounded _ _ _ _ learner_policy values_B). Qed.

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
      assert (O := shared_by_learners s).
      assert (O' := shared_by_experts s).
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
        assert (N := disagreement_nonneg s).
        rewrite Rplus_comm; apply Rplus_le_compat_r, Rmult_le_compat_l;
          [apply over_nonneg; lra |].
        apply (one_minus_joint_agreement_le_disagreement_step_1 gamma 1); lra.
    Qed.

    Lemma values_differ_by_errors : from_start VC - from_start VB <=
      (error mu e p i + sum others (error mu e p)) / (1 - gamma) ^ 2.
    Proof.
      rewrite <- (Rmult_1_l (sum others _)); apply difference_le_errors; [lra |].
      intros s; rewrite Rmult_1_l; apply recursion.
    Qed.
  End Player.

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
    eapply Rle_trans;
      [apply (values_differ_by_errors i others e p split He Hp mu Hmu VC VB HC HB) |].
    apply value_difference_le_bc_error_step_2;
      [assumption | apply (at_least_one i others split) | apply Heps, Hi |].
    apply (others_errors i others e p split); exact Heps.
  Qed.
End Game.

Check @value_gap_whole.

(** Nothing is admitted: the axioms are those of the real numbers, with extensionality. *)
Print Assumptions value_gap_whole.
