    Context (VA VB : St -> R).
    Hypothesis values_A : is_value i (deviation i (e i) p) VA.
    Hypothesis values_B : is_value i p VB.

    Lemma deviation_policy : is_policy (deviation i (e i) p).
    Proof.
      intros j s; unfold deviation; destruct (eqJ j i); [subst; apply expert_policy |].
      apply learner_policy.
    Qed.

    Lemma bounded_A t : Rabs (VA t) <= 1 / (1 - gamma).
    Proof. apply (value_bounded _ _ _ _ deviation_policy values_A). Qed.

    Lemma bounded_B t : Rabs (VB t) <= 1 / (1 - gamma).
    Proof. apply (value_bounded _ _ _ _ learner_policy values_B). Qed.

    Lemma Q_close s x b : Q VA s x b - Q VB s x b <= 2 * gamma / (1 - gamma).
    Proof.
      rewrite Q_same; replace (2 * gamma / (1 - gamma)) with (gamma * (2 / (1 - gamma)))
        by (field; lra).
      apply Rmult_le_compat_l; [lra |].
      eapply Rle_trans; [apply RRle_abs | apply onward_bounded; intros t _].
      replace (2 / (1 - gamma)) with (1 / (1 - gamma) + 1 / (1 - gamma)) by (field; lra).
      unfold Rminus; eapply Rle_trans; [apply Rabs_triang |]; rewrite Rabs_Ropp.
      apply Rplus_le_compat; [apply bounded_A | apply bounded_B].
    Qed.

    (** The recursion at a state: the exported local step, and the exported induction. *)
    Lemma recursion s : VA s - VB s <=
      2 / (1 - gamma) * (TV i s + gamma * sum others (fun j => TV j s)) +
      sum states (fun t => K s t * (VA t - VB t)).
    Proof.
      assert (EA : VA s = sum2 (acts i) Os (fun x b =>
        (shared i s x + (e i s x - shared i s x)) *
        (m_o s b + (play (fun j => p j s) others b - m_o s b)) * Q VA s x b)).
      { rewrite values_A, mean_deviation; apply sum2_ext; intros x b; unfold Q; ring. }
      assert (EB : VB s = sum2 (acts i) Os (fun x b =>
        (shared i s x + (p i s x - shared i s x)) *
        (m_o s b + (play (fun j => p j s) others b - m_o s b)) * Q VB s x b)).
      { rewrite values_B, mean_split; apply sum2_ext; intros x b; unfold Q; ring. }
      assert (L := disagreement_recursion_step_2 gamma 1 (TV i s) (lo s) (acts i) Os
        (shared i s) (fun x => e i s x - shared i s x) (fun x => p i s x - shared i s x)
        (fun b => play (fun j => p j s) others b - m_o s b) (m_o s) (Q VA s) (Q VB s)).
      assert (I := one_minus_agreement_le_disagreement_step_1 gamma 1 others (fun j => TV j s)).
      cbv beta in L, I; rewrite <- EA, <- EB, agreement in L.
      assert (T := TV_range i s).
      assert (O := shared_by_learners s).
      eapply Rle_trans; [apply L |].
      - assumption.
      - lra.
      - intros x; apply shared_between.
      - intros x; assert (H := shared_between i s x); lra.
      - intros x; assert (H := Rmin_l (p i s x) (e i s x)); unfold shared; lra.
      - intros b; specialize (O b); lra.
      - intros b; apply O.
      - unfold TV; ring.
      - rewrite sum_minus, mass_learners, mass_others; ring.
      - rewrite sum_minus; unfold TV; f_equal; apply expert_policy.
      - apply mass_others.
      - rewrite sum_minus; unfold TV; f_equal; apply learner_policy.
      - intros x b; apply Q_close.
      - intros x b; eapply Rle_trans; [apply RRle_abs | apply Q_bounded, bounded_A].
      - intros x b; eapply Rle_trans; [apply Rle_abs | rewrite Rabs_Ropp; apply Q_bounded, bounded_B].
      - assert (D : 1 - lo s <= sum others (fun j => TV j s)).
        { apply I; [assumption | lra | | ]; intros j; apply TV_range. }
        assert (N := disagreement_nonneg s).
        rewrite Rplus_comm; apply Rplus_le_compat_r, Rmult_le_compat_l;
          [apply over_nonneg; lra |].
        apply Rplus_le_compat_l; rewrite Rmult_assoc; apply Rmult_le_compat_l; [lra |].
        apply Rle_trans with ((1 - TV i s) * sum others (fun j => TV j s)).
        + apply Rmult_le_compat_l; lra.
        + rewrite <- (Rmult_1_l (sum others _)) at 2; apply Rmult_le_compat_r; lra.
    Qed.

    Lemma disagreement_le_errors : from_start VA - from_start VB <=
      (error mu e p i + gamma * sum others (error mu e p)) / (1 - gamma) ^ 2.
    Proof. apply difference_le_errors; [lra | apply recursion]. Qed.
  End Player.

  (** What disagreement costs, for any expert and any learner: the claim of T1 before dominance. *)
  Theorem disagreement_whole (e p : profile) (mu : St -> R) (eps : R) :
    is_policy e -> is_policy p -> is_occupancy e mu ->
    (forall j, In j players -> error mu e p j <= eps) ->
    forall i, In i players ->
    forall VA VB, is_value i (deviation i (e i) p) VA -> is_value i p VB ->
    from_start VA - from_start VB <=
      (1 + (INR (length players) - 1) * gamma) * eps / (1 - gamma) ^ 2.
  Proof.
    intros He Hp Hmu Heps i Hi VA VB HA HB.
    destruct (others_of i Hi) as [others split].
    eapply Rle_trans;
      [apply (disagreement_le_errors i others e p split He Hp mu Hmu VA VB HA HB) |].
    apply T1_step_3; [assumption | apply (at_least_one i others split) | apply Heps, Hi |].
    apply (others_errors i others e p split); exact Heps.
  Qed.

  (** Weak dominance from the start: against all that the others may play, [e i] earns the most. *)
  Definition dominant (e : profile) := forall i, In i players ->
    forall q, is_policy q -> forall b, is_policy (deviation i b q) ->
    forall VE VD, is_value i (deviation i (e i) q) VE -> is_value i (deviation i b q) VD ->
    from_start VD <= from_start VE.

  (** T1: no player of a learner [p] that is cloned from a dominant expert [e] gains more by any
      deviation [b] than the bound; the largest such gain is the Nash gap. *)
  Theorem T1_whole (e p : profile) (mu : St -> R) (eps : R) :
    is_policy e -> is_policy p -> is_occupancy e mu -> dominant e ->
    (forall j, In j players -> error mu e p j <= eps) ->
    forall i, In i players -> forall b, is_policy (deviation i b p) ->
    forall VD VB, is_value i (deviation i b p) VD -> is_value i p VB ->
    from_start VD - from_start VB <=
      (1 + (INR (length players) - 1) * gamma) * eps / (1 - gamma) ^ 2.
  Proof.
    intros He Hp Hmu dom Heps i Hi b Hb VD VB HD HB.
    assert (Ha : is_policy (deviation i (e i) p)).
    { intros j s; unfold deviation; destruct (eqJ j i); [subst; apply He | apply Hp]. }
    destruct (value_exists i _ Ha) as [VA HA].
    assert (M := dom i Hi p Hp b Hb VA VD HA HD).
    assert (B := disagreement_whole e p mu eps He Hp Hmu Heps i Hi VA VB HA HB); lra.
  Qed.
End Game.

Check @T1_whole.

(** Nothing is admitted: the axioms are those of the real numbers, with extensionality. *)
Print Assumptions T1_whole.
Print Assumptions value_exists.
Print Assumptions value_unique.
