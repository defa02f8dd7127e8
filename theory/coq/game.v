(** Every finite game, from the definitions.

    Players, actions and states are listed; a joint action gives every player an action, and players
    draw theirs independently. Values are the functions that satisfy Bellman's equation, which are
    shown to exist, to be unique and to be bounded; discounted visits satisfy the equation of flow,
    and are shown to be non-negative. The certificates above are applied to what expert and learner
    share: the step at a state, the induction over the opponents, the rule [resolvent], and the last
    combination. Nothing else is taken as given. *)

(** ** Sums and products over lists *)

Lemma sum_ext_in {X} (l : list X) f g : (forall x, In x l -> f x = g x) -> sum l f = sum l g.
Proof.
  induction l; simpl; intros H; [reflexivity |].
  rewrite (H a), IHl; auto.
Qed.

Lemma sum_le_in {X} (l : list X) f g : (forall x, In x l -> f x <= g x) -> sum l f <= sum l g.
Proof.
  induction l; simpl; intros H; [lra |].
  apply Rplus_le_compat; auto.
Qed.

Lemma sum_minus {X} (l : list X) f g : sum l (fun x => f x - g x) = sum l f - sum l g.
Proof. induction l; simpl; [ring | rewrite IHl; ring]. Qed.

Lemma sum_const {X} (l : list X) c : sum l (fun _ => c) = INR (length l) * c.
Proof.
  induction l; [simpl; ring |].
  change (length (a :: l)) with (S (length l)); rewrite S_INR; simpl; rewrite IHl; ring.
Qed.

Lemma sum_app {X} (k l : list X) f : sum (k ++ l) f = sum k f + sum l f.
Proof. induction k; simpl; [ring | rewrite IHk; ring]. Qed.

Lemma sum_map {X Y} (g : X -> Y) (l : list X) f : sum (map g l) f = sum l (fun x => f (g x)).
Proof. induction l; simpl; [reflexivity | rewrite IHl; reflexivity]. Qed.

Lemma sum_flat_map {X Y} (g : X -> list Y) (l : list X) f :
  sum (flat_map g l) f = sum l (fun x => sum (g x) f).
Proof. induction l; simpl; [reflexivity | rewrite sum_app, IHl; reflexivity]. Qed.

Lemma sum_Rabs {X} (l : list X) f : Rabs (sum l f) <= sum l (fun x => Rabs (f x)).
Proof.
  induction l; simpl; [rewrite Rabs_R0; lra |].
  eapply Rle_trans; [apply Rabs_triang | lra].
Qed.

Lemma prod_ext_in {X} (l : list X) f g : (forall x, In x l -> f x = g x) -> prod l f = prod l g.
Proof.
  induction l; simpl; intros H; [reflexivity |].
  rewrite (H a), IHl; auto.
Qed.

Lemma prod_perm {X} (k l : list X) f : Permutation k l -> prod k f = prod l f.
Proof. induction 1; simpl; [reflexivity | congruence | ring | congruence]. Qed.

Lemma prod_one {X} (l : list X) f : (forall x, f x = 1) -> prod l f = 1.
Proof. intros H; induction l; simpl; [reflexivity | rewrite H, IHl; ring]. Qed.

Lemma prod_between {X} (l : list X) f g :
  (forall x, 0 <= f x <= g x) -> 0 <= prod l f <= prod l g.
Proof.
  intros H; induction l; simpl; [lra |].
  split; [apply Rmult_le_pos | apply Rmult_le_compat]; try apply H; apply IHl.
Qed.

Lemma sum2_sum {X Y Z} (k : list X) (l : list Y) (m : list Z) f :
  sum2 k l (fun a b => sum m (fun t => f a b t)) = sum m (fun t => sum2 k l (fun a b => f a b t)).
Proof.
  unfold sum2; transitivity (sum k (fun a => sum m (fun t => sum l (fun b => f a b t)))).
  - apply sum_ext; intros a; apply sum_swap.
  - apply sum_swap.
Qed.

Lemma sum2_le {X Y} (k : list X) (l : list Y) f g :
  (forall a b, f a b <= g a b) -> sum2 k l f <= sum2 k l g.
Proof. intros H; apply sum_le; intros a; apply sum_le; auto. Qed.

(** ** Joint actions *)
Section Joint.
  Context {J A : Type} (eqJ : forall j k : J, {j = k} + {j <> k}).
  Context (acts : J -> list A) (d : J -> A).

  Definition put (b : J -> A) (j : J) (a : A) : J -> A := fun k => if eqJ k j then a else b k.

  Fixpoint joints (l : list J) : list (J -> A) :=
    match l with
    | nil => [d]
    | j :: l => flat_map (fun a => map (fun b => put b j a) (joints l)) (acts j)
    end.

  (** How likely independent players play a joint action. *)
  Definition play (pi : J -> A -> R) (l : list J) (b : J -> A) : R := prod l (fun j => pi j (b j)).

  Lemma sum_joints_cons j l f :
    sum (joints (j :: l)) f = sum (acts j) (fun a => sum (joints l) (fun b => f (put b j a))).
  Proof. simpl; rewrite sum_flat_map; apply sum_ext; intros a; apply sum_map. Qed.

  Lemma put_put b j k a c : j <> k -> put (put b j a) k c = put (put b k c) j a.
  Proof.
    intros H; apply functional_extensionality; intros x; unfold put.
    destruct (eqJ x k), (eqJ x j); congruence.
  Qed.

  Lemma sum_joints_perm k l : Permutation k l -> NoDup k ->
    forall f, sum (joints k) f = sum (joints l) f.
  Proof.
    induction 1 as [| j k l H IH | i j l | k l m H IH H' IH']; intros N f.
    - reflexivity.
    - rewrite !sum_joints_cons; apply sum_ext; intros a; apply IH; inversion N; auto.
    - rewrite !sum_joints_cons.
      transitivity (sum (acts j) (fun a => sum (acts i) (fun c =>
        sum (joints l) (fun b => f (put (put b i c) j a))))).
      { apply sum_ext; intros a; apply sum_joints_cons. }
      rewrite sum_swap; apply sum_ext; intros c; rewrite sum_joints_cons.
      apply sum_ext; intros a; apply sum_ext; intros b; rewrite put_put; [reflexivity |].
      intros E; subst; inversion N as [| x y H H']; apply H; left; reflexivity.
    - rewrite IH, IH'; auto; apply (Permutation_NoDup H N).
  Qed.

  Lemma play_put pi l b j a : ~ In j l -> play pi l (put b j a) = play pi l b.
  Proof.
    intros H; apply prod_ext_in; intros k Hk; unfold put.
    destruct (eqJ k j); [subst; contradiction | reflexivity].
  Qed.

  Lemma sum_play pi l : NoDup l ->
    sum (joints l) (play pi l) = prod l (fun j => sum (acts j) (pi j)).
  Proof.
    induction l as [| j l IH]; intros N; [unfold play; simpl; ring |].
    inversion N as [| x y H H']; rewrite sum_joints_cons; simpl.
    rewrite <- IH, Rmult_comm, <- sum_scal by assumption; apply sum_ext; intros a.
    rewrite Rmult_comm, <- sum_scal; apply sum_ext; intros b.
    unfold play at 1; simpl; fold (play pi l (put b j a)); rewrite play_put by assumption.
    unfold put; destruct (eqJ j j); [ring | contradiction].
  Qed.
End Joint.

(** ** Games *)
Section Game.
  Context {J A St : Type} (eqJ : forall j k : J, {j = k} + {j <> k}).
  Context (players : list J) (acts : J -> list A) (d : J -> A) (states : list St).
  Context (P : St -> (J -> A) -> St -> R) (r : J -> St -> (J -> A) -> R) (gamma : R) (nu : St -> R).
  Hypothesis no_player_twice : NoDup players.
  Hypothesis gamma_range : 0 <= gamma < 1.
  Hypothesis nu_nonneg : forall s, 0 <= nu s.
  Hypothesis P_nonneg : forall s a t, 0 <= P s a t.
  Hypothesis P_stochastic : forall s a, sum states (P s a) = 1.
  Hypothesis r_bounded : forall i s a, Rabs (r i s a) <= 1.

  Definition profile := J -> St -> A -> R.
  Definition is_policy (pi : profile) := forall j s,
    (forall a, 0 <= pi j s a) /\ sum (acts j) (pi j s) = 1.

  (** The mean over joint actions at a state, the players drawing independently. *)
  Definition mean (pi : profile) s (f : (J -> A) -> R) : R :=
    sum (joints eqJ acts d players) (fun a => play (fun j => pi j s) players a * f a).
  Definition onward s a (V : St -> R) : R := sum states (fun t => P s a t * V t).

  (** Bellman's equation of player i when all play [pi]. *)
  Definition is_value i (pi : profile) (V : St -> R) := forall s,
    V s = mean pi s (fun a => r i s a + gamma * onward s a V).

  Definition kernel (pi : profile) s t : R := mean pi s (fun a => P s a t).

  (** Normalised discounted visits from [nu]. *)
  Definition is_occupancy (pi : profile) (mu : St -> R) := forall t,
    mu t = (1 - gamma) * nu t + gamma * sum states (fun s => mu s * kernel pi s t).

  (** The cloning error of player j. *)
  Definition error (mu : St -> R) (e p : profile) j : R :=
    sum states (fun s => mu s * sum (acts j) (fun a => Rabs (p j s a - e j s a))).

  (** Player i plays [b], the others [p]. *)
  Definition deviation i (b : St -> A -> R) (p : profile) : profile :=
    fun j => if eqJ j i then b else p j.

  Definition from_start (V : St -> R) : R := sum states (fun s => nu s * V s).

  Lemma mean_one pi s : is_policy pi -> mean pi s (fun _ => 1) = 1.
  Proof.
    intros H; unfold mean.
    rewrite (sum_ext _ _ (play (fun j => pi j s) players)) by (intros a; ring).
    rewrite sum_play by assumption; apply prod_one; intros j; apply H.
  Qed.

  Lemma play_nonneg pi s l b : is_policy pi -> 0 <= play (fun j => pi j s) l b.
  Proof.
    intros H; unfold play; induction l; simpl; [lra |].
    apply Rmult_le_pos; [apply H | assumption].
  Qed.

  Lemma mean_bounded pi s f c : is_policy pi ->
    (forall a, Rabs (f a) <= c) -> Rabs (mean pi s f) <= c.
  Proof.
    intros H Hf; unfold mean; eapply Rle_trans; [apply sum_Rabs |].
    apply Rle_trans with (sum (joints eqJ acts d players)
      (fun a => c * (play (fun j => pi j s) players a * 1))).
    - apply sum_le; intros a; rewrite Rabs_mult, (Rabs_right (play _ _ _));
        [| apply Rle_ge, play_nonneg; assumption].
      replace (c * _) with (play (fun j => pi j s) players a * c) by ring.
      apply Rmult_le_compat_l; [apply play_nonneg; assumption | apply Hf].
    - rewrite sum_scal; fold (mean pi s (fun _ => 1)); rewrite mean_one by assumption; lra.
  Qed.

  Lemma onward_bounded s a V c :
    (forall t, In t states -> Rabs (V t) <= c) -> Rabs (onward s a V) <= c.
  Proof.
    intros H; unfold onward; eapply Rle_trans; [apply sum_Rabs |].
    apply Rle_trans with (sum states (fun t => c * P s a t)).
    - apply sum_le_in; intros t Ht; rewrite Rabs_mult, (Rabs_right (P s a t));
        [| apply Rle_ge, P_nonneg].
      rewrite Rmult_comm; apply Rmult_le_compat_r; [apply P_nonneg | apply H, Ht].
    - apply Req_le; rewrite sum_scal; transitivity (c * 1); [f_equal; apply P_stochastic | ring].
  Qed.

  Lemma largest (l : list St) (V : St -> R) : exists c, 0 <= c /\
    (forall t, In t l -> Rabs (V t) <= c) /\ (c = 0 \/ exists t, c = Rabs (V t)).
  Proof.
    induction l as [| s l [c [Hc [Hl Hm]]]].
    - exists 0; repeat split; [lra | intros t [] | left; reflexivity].
    - destruct (Rle_lt_dec c (Rabs (V s))).
      + exists (Rabs (V s)); repeat split; [apply Rabs_pos | | right; exists s; reflexivity].
        intros t [E | E]; [subst; lra | specialize (Hl t E); lra].
      + exists c; repeat split; [lra | | assumption].
        intros t [E | E]; [subst; lra | apply Hl, E].
  Qed.

  (** Values are bounded: the fixed point of a contraction. *)
  Lemma value_bounded i pi V s : is_policy pi -> is_value i pi V ->
    Rabs (V s) <= 1 / (1 - gamma).
  Proof.
    intros H HV; destruct (largest states V) as [c [Hc [Hl Hm]]].
    assert (B : forall t, Rabs (V t) <= 1 + gamma * c).
    { intros t; rewrite HV; apply mean_bounded; [assumption |]; intros a.
      eapply Rle_trans; [apply Rabs_triang |].
      apply Rplus_le_compat; [apply r_bounded |].
      rewrite Rabs_mult, (Rabs_right gamma) by lra.
      apply Rmult_le_compat_l; [lra | apply onward_bounded, Hl]. }
    assert (c <= 1 / (1 - gamma)).
    { apply Rmult_le_reg_r with (1 - gamma); [lra |].
      replace (1 / (1 - gamma) * (1 - gamma)) with 1 by (field; lra).
      destruct Hm as [E | [t E]]; [subst; lra | specialize (B t); lra]. }
    eapply Rle_trans; [apply B |].
    replace (1 / (1 - gamma)) with (1 + gamma * (1 / (1 - gamma))) by (field; lra).
    apply Rplus_le_compat_l, Rmult_le_compat_l; lra.
  Qed.

  (** Values exist, and are unique: iterates of Bellman's equation converge. *)
  Definition bellman i pi (V : St -> R) : St -> R :=
    fun s => mean pi s (fun a => r i s a + gamma * onward s a V).

  Lemma bellman_contracts i pi V W c : is_policy pi ->
    (forall t, Rabs (V t - W t) <= c) -> forall s,
    Rabs (bellman i pi V s - bellman i pi W s) <= gamma * c.
  Proof.
    intros H Hc s; unfold bellman.
    replace (mean pi s (fun a => r i s a + gamma * onward s a V) -
             mean pi s (fun a => r i s a + gamma * onward s a W))
      with (mean pi s (fun a => gamma * onward s a (fun t => V t - W t))).
    - apply mean_bounded; [assumption |]; intros a.
      rewrite Rabs_mult, (Rabs_right gamma) by lra.
      apply Rmult_le_compat_l; [lra | apply onward_bounded; intros t _; apply Hc].
    - unfold mean; rewrite <- sum_minus; apply sum_ext; intros a; unfold onward.
      rewrite (sum_ext states (fun t => P s a t * (V t - W t))
        (fun t => P s a t * V t - P s a t * W t)) by (intros t; ring).
      rewrite sum_minus; ring.
  Qed.

  Lemma value_unique i pi V W : is_policy pi -> is_value i pi V -> is_value i pi W ->
    forall s, V s = W s.
  Proof.
    intros H HV HW; assert (B : forall n t, Rabs (V t - W t) <= gamma ^ n * (2 / (1 - gamma))).
    { induction n as [| n IH]; intros t.
      - rewrite Rmult_1_l; replace (2 / (1 - gamma)) with (1 / (1 - gamma) + 1 / (1 - gamma))
          by (field; lra).
        unfold Rminus; eapply Rle_trans; [apply Rabs_triang |]; rewrite Rabs_Ropp.
        apply Rplus_le_compat; eapply value_bounded; eassumption.
      - rewrite (HV t), (HW t), <- tech_pow_Rmult, Rmult_assoc.
        apply (bellman_contracts i pi V W); assumption. }
    intros s; apply Rminus_diag_uniq; destruct (Req_dec (V s - W s) 0) as [| N]; [assumption |].
    exfalso; assert (A0 : 0 < Rabs (V s - W s)) by (apply Rabs_pos_lt, N).
    assert (Y : 0 < Rabs (V s - W s) * (1 - gamma) / 2)
      by (apply Rmult_lt_0_compat; [apply Rmult_lt_0_compat |]; lra).
    destruct (pow_lt_1_zero gamma) with (y := Rabs (V s - W s) * (1 - gamma) / 2) as [n Hn];
      [rewrite Rabs_right; lra | exact Y |].
    specialize (Hn n (le_n n)); rewrite Rabs_right in Hn by (apply Rle_ge, pow_le; lra).
    specialize (B n s); apply (Rmult_lt_compat_r (2 / (1 - gamma))) in Hn;
      [| apply Rdiv_lt_0_compat; lra].
    replace (Rabs (V s - W s) * (1 - gamma) / 2 * (2 / (1 - gamma))) with (Rabs (V s - W s)) in Hn
      by (field; lra).
    lra.
  Qed.

  Fixpoint iterate i pi (n : nat) : St -> R :=
    match n with O => fun _ => 0 | Datatypes.S n => bellman i pi (iterate i pi n) end.

  Lemma iterate_bounded i pi n s : is_policy pi -> Rabs (iterate i pi n s) <= 1 / (1 - gamma).
  Proof.
    intros H; revert s; induction n as [| n IH]; intros s; simpl.
    - rewrite Rabs_R0; apply over_nonneg; lra.
    - apply mean_bounded; [assumption |]; intros a; eapply Rle_trans; [apply Rabs_triang |].
      replace (1 / (1 - gamma)) with (1 + gamma * (1 / (1 - gamma))) by (field; lra).
      apply Rplus_le_compat; [apply r_bounded |].
      rewrite Rabs_mult, (Rabs_right gamma) by lra.
      apply Rmult_le_compat_l; [lra | apply onward_bounded; intros t _; apply IH].
  Qed.

  Lemma iterates_close i pi n k s : is_policy pi ->
    Rabs (iterate i pi (n + k) s - iterate i pi n s) <= gamma ^ n * (1 / (1 - gamma)).
  Proof.
    intros H; revert s; induction n as [| n IH]; intros s.
    - simpl; rewrite Rminus_0_r, Rmult_1_l; apply iterate_bounded, H.
    - rewrite <- tech_pow_Rmult, Rmult_assoc; apply (bellman_contracts i pi); assumption.
  Qed.

  Lemma small_power y : 0 < y -> exists n, forall m, (n <= m)%nat ->
    gamma ^ m * (1 / (1 - gamma)) < y.
  Proof.
    intros Hy; destruct (pow_lt_1_zero gamma) with (y := y * (1 - gamma)) as [n Hn];
      [rewrite Rabs_right; lra | apply Rmult_lt_0_compat; lra |].
    exists n; intros m Hm; specialize (Hn m Hm).
    rewrite Rabs_right in Hn by (apply Rle_ge, pow_le; lra).
    apply (Rmult_lt_compat_r (1 / (1 - gamma))) in Hn; [| apply Rdiv_lt_0_compat; lra].
    replace (y * (1 - gamma) * (1 / (1 - gamma))) with y in Hn by (field; lra); exact Hn.
  Qed.

  Lemma iterates_cauchy i pi s : is_policy pi -> Cauchy_crit (fun n => iterate i pi n s).
  Proof.
    intros H y Hy; destruct (small_power y Hy) as [n Hn]; exists n; intros m k Hm Hk.
    unfold R_dist; destruct (le_ge_dec m k) as [L | L].
    - replace k with (m + (k - m))%nat by lia; rewrite Rabs_minus_sym.
      eapply Rle_lt_trans; [apply iterates_close, H | apply Hn; lia].
    - replace m with (k + (m - k))%nat by lia.
      eapply Rle_lt_trans; [apply iterates_close, H | apply Hn; lia].
  Qed.

  Theorem value_exists i pi : is_policy pi -> exists V, is_value i pi V.
  Proof.
    intros H; set (V := fun s => proj1_sig (R_complete _ (iterates_cauchy i pi s H))).
    assert (L : forall s, Un_cv (fun n => iterate i pi n s) (V s))
      by (intros s; apply (proj2_sig (R_complete _ (iterates_cauchy i pi s H)))).
    assert (near : forall n s, Rabs (V s - iterate i pi n s) <= gamma ^ n * (1 / (1 - gamma))).
    { intros n s; apply le_epsilon; intros y Hy; destruct (L s y Hy) as [m Hm].
      specialize (Hm (n + m)%nat ltac:(lia)); unfold R_dist in Hm.
      replace (V s - iterate i pi n s) with
        ((iterate i pi (n + m) s - iterate i pi n s) + - (iterate i pi (n + m) s - V s)) by ring.
      eapply Rle_trans; [apply Rabs_triang |]; rewrite Rabs_Ropp.
      apply Rplus_le_compat; [apply iterates_close, H | lra]. }
    exists V; intros s; apply Rminus_diag_uniq.
    assert (Z : Rabs (V s - bellman i pi V s) <= 0).
    { apply le_epsilon; intros y Hy; destruct (small_power (y / 2)) as [n Hn]; [lra |].
      replace (V s - bellman i pi V s) with
        ((V s - iterate i pi (Datatypes.S n) s) +
         (bellman i pi (iterate i pi n) s - bellman i pi V s)) by (simpl; ring).
      eapply Rle_trans; [apply Rabs_triang |].
      assert (A1 := near (Datatypes.S n) s).
      assert (A2 : Rabs (bellman i pi (iterate i pi n) s - bellman i pi V s)
                   <= gamma * (gamma ^ n * (1 / (1 - gamma)))).
      { apply bellman_contracts; [assumption |]; intros t; rewrite Rabs_minus_sym; apply near. }
      rewrite <- Rmult_assoc, tech_pow_Rmult in A2.
      specialize (Hn (Datatypes.S n) ltac:(lia)); lra. }
    assert (Z' := Rabs_pos (V s - bellman i pi V s)).
    destruct (Req_dec (V s - bellman i pi V s) 0) as [E | N]; [exact E |].
    apply Rabs_pos_lt in N; lra.
  Qed.

  (** Visits are non-negative, because what is negative of them would have to outlast discounting. *)
  Lemma kernel_nonneg pi s t : is_policy pi -> 0 <= kernel pi s t.
  Proof.
    intros H; apply sum_nonneg; intros a.
    apply Rmult_le_pos; [apply play_nonneg; assumption | apply P_nonneg].
  Qed.

  Lemma kernel_stochastic pi s : is_policy pi -> sum states (kernel pi s) = 1.
  Proof.
    intros H; rewrite <- (mean_one pi s H); unfold kernel, mean.
    rewrite (sum_swap states); apply sum_ext; intros a; rewrite sum_scal; f_equal.
    apply P_stochastic.
  Qed.

  Lemma visits_nonneg pi mu : is_policy pi -> is_occupancy pi mu -> forall t, 0 <= mu t.
  Proof.
    intros H Hmu; set (N := fun s => Rmax (- mu s) 0).
    assert (N0 : forall s, 0 <= N s) by (intros s; apply Rmax_r).
    assert (Nmu : forall s, - mu s <= N s) by (intros s; apply Rmax_l).
    assert (step : forall t, N t <= gamma * sum states (fun s => N s * kernel pi s t)).
    { intros t; assert (L : - sum states (fun s => mu s * kernel pi s t)
                            <= sum states (fun s => N s * kernel pi s t)).
      { replace (- sum states (fun s => mu s * kernel pi s t))
          with ((-1) * sum states (fun s => mu s * kernel pi s t)) by ring.
        rewrite <- sum_scal; apply sum_le; intros s; rewrite <- Rmult_assoc.
        apply Rmult_le_compat_r; [apply kernel_nonneg, H | specialize (Nmu s); lra]. }
      assert (M : 0 <= sum states (fun s => N s * kernel pi s t))
        by (apply mean_nonneg; [assumption | intros s; apply kernel_nonneg, H]).
      assert (G : gamma * - sum states (fun s => mu s * kernel pi s t)
                  <= gamma * sum states (fun s => N s * kernel pi s t))
        by (apply Rmult_le_compat_l; lra).
      assert (Z : 0 <= (1 - gamma) * nu t) by (apply Rmult_le_pos; [lra | apply nu_nonneg]).
      unfold N at 1; apply Rmax_lub; [rewrite (Hmu t); lra | apply Rmult_le_pos; lra]. }
    assert (total : sum states N <= 0).
    { assert (T : sum states N <= gamma * sum states N); [| apply Rmult_le_reg_l with (1 - gamma); lra].
      eapply Rle_trans; [apply sum_le, step |]; rewrite sum_scal.
      apply Rmult_le_compat_l; [lra |]; rewrite sum_swap; apply Req_le, sum_ext; intros s.
      rewrite sum_scal; transitivity (N s * 1); [f_equal; apply kernel_stochastic, H | ring]. }
    assert (none : forall s, In s states -> N s = 0).
    { clear - N0 total; induction states as [| a l IH]; simpl in *; [tauto |].
      assert (0 <= sum l N) by (apply sum_nonneg; assumption).
      intros s [E | E]; [subst; specialize (N0 s); lra |].
      apply IH; [specialize (N0 a); lra | assumption]. }
    intros t; specialize (step t).
    rewrite (sum_ext_in states (fun s => N s * kernel pi s t) (fun s => 0 * kernel pi s t)) in step
      by (intros s Hs; rewrite none by assumption; reflexivity).
    rewrite sum_scal in step; specialize (Nmu t); lra.
  Qed.

  Lemma others_of i : In i players -> exists others, Permutation players (i :: others).
  Proof.
    intros H; destruct (in_split i players H) as [k [l E]]; exists (k ++ l).
    rewrite E; apply Permutation_sym, Permutation_middle.
  Qed.

  (** *** One player i, against the others *)
  Section Player.
    Context (i : J) (others : list J) (e p : profile).
    Hypothesis split : Permutation players (i :: others).
    Hypothesis expert_policy : is_policy e.
    Hypothesis learner_policy : is_policy p.

    Let joint (x : A) (b : J -> A) : J -> A := put eqJ b i x.
    Let Os := joints eqJ acts d others.

    Lemma others_once : ~ In i others /\ NoDup others.
    Proof.
      assert (N : NoDup (i :: others)) by (apply (Permutation_NoDup split); assumption).
      inversion N; auto.
    Qed.

    Lemma mean_split pi s f : mean pi s f =
      sum2 (acts i) Os (fun x b => pi i s x * play (fun j => pi j s) others b * f (joint x b)).
    Proof.
      unfold mean; rewrite (sum_joints_perm _ _ _ _ _ split no_player_twice), sum_joints_cons.
      apply sum_ext; intros x; apply sum_ext; intros b; f_equal.
      unfold play at 1; rewrite (prod_perm _ _ _ split); simpl.
      fold (play (fun j => pi j s) others (put eqJ b i x)).
      rewrite play_put by apply others_once.
      unfold put; destruct (eqJ i i); [reflexivity | contradiction].
    Qed.

    Lemma mean_deviation s f : mean (deviation i (e i) p) s f =
      sum2 (acts i) Os (fun x b => e i s x * play (fun j => p j s) others b * f (joint x b)).
    Proof.
      rewrite mean_split; apply sum2_ext; intros x b; f_equal; f_equal; unfold deviation.
      - destruct (eqJ i i); [reflexivity | contradiction].
      - apply prod_ext_in; intros j Hj; destruct (eqJ j i); [| reflexivity].
        subst; destruct others_once; contradiction.
    Qed.

    (** What expert and learner share, and how often they do not. *)
    Definition shared j s a : R := Rmin (p j s a) (e j s a).
    Definition TV j s : R := 1 - sum (acts j) (shared j s).
    Let m_o s := play (fun j => shared j s) others.
    Let lo s := prod others (fun j => 1 - TV j s).

    Lemma shared_between j s a : 0 <= shared j s a <= e j s a.
    Proof.
      split; [apply Rmin_glb; [apply learner_policy | apply expert_policy] | apply Rmin_r].
    Qed.

    Lemma TV_range j s : 0 <= TV j s <= 1.
    Proof.
      unfold TV; assert (0 <= sum (acts j) (shared j s) <= 1); [| lra].
      split; [apply sum_nonneg; intros a; apply shared_between |].
      replace 1 with (sum (acts j) (e j s)) by apply expert_policy.
      apply sum_le; intros a; apply shared_between.
    Qed.

    Lemma mass_others s : sum Os (m_o s) = lo s.
    Proof.
      unfold Os, m_o; rewrite sum_play by apply others_once.
      apply prod_ext_in; intros j _; unfold TV; ring.
    Qed.

    Lemma mass_learners s : sum Os (play (fun j => p j s) others) = 1.
    Proof.
      unfold Os; rewrite sum_play by apply others_once; apply prod_one; intros j.
      apply learner_policy.
    Qed.

    Lemma mass_experts s : sum Os (play (fun j => e j s) others) = 1.
    Proof.
      unfold Os; rewrite sum_play by apply others_once; apply prod_one; intros j.
      apply expert_policy.
    Qed.

    Lemma shared_by_learners s b : 0 <= m_o s b <= play (fun j => p j s) others b.
    Proof. apply prod_between; intros j; split; [apply shared_between | apply Rmin_l]. Qed.

    Lemma shared_by_experts s b : 0 <= m_o s b <= play (fun j => e j s) others b.
    Proof. apply prod_between; intros j; apply shared_between. Qed.

    (** The part of the kernel on which expert and learner agree. *)
    Definition K s t : R :=
      gamma * sum2 (acts i) Os (fun x b => shared i s x * m_o s b * P s (joint x b) t).

    Lemma K_range s t : 0 <= K s t <= gamma * kernel e s t.
    Proof.
      assert (O := shared_by_experts s).
      unfold K, kernel; rewrite mean_split; split.
      - apply Rmult_le_pos; [lra |]; apply sum2_nonneg; intros x b.
        apply Rmult_le_pos; [apply Rmult_le_pos |]; [apply shared_between | apply O | apply P_nonneg].
      - apply Rmult_le_compat_l; [lra |]; apply sum2_le; intros x b.
        apply Rmult_le_compat_r; [apply P_nonneg |].
        apply Rmult_le_compat; [apply shared_between | apply O | apply shared_between | apply O].
    Qed.

    (** What actions are worth when a value V follows them. *)
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

    Lemma Q_same V W s x b : Q V s x b - Q W s x b =
      gamma * onward s (joint x b) (fun t => V t - W t).
    Proof.
      unfold Q, onward.
      rewrite (sum_ext states (fun t => P s (joint x b) t * (V t - W t))
        (fun t => P s (joint x b) t * V t - P s (joint x b) t * W t)) by (intros t; ring).
      rewrite sum_minus; ring.
    Qed.

    Lemma agreement V W s :
      sum2 (acts i) Os (fun x b => shared i s x * m_o s b * (Q V s x b - Q W s x b)) =
      sum states (fun t => K s t * (V t - W t)).
    Proof.
      transitivity (sum2 (acts i) Os (fun x b => sum states (fun t =>
        gamma * (V t - W t) * (shared i s x * m_o s b * P s (joint x b) t)))).
      - apply sum2_ext; intros x b; rewrite Q_same; unfold onward.
        rewrite <- Rmult_assoc, <- sum_scal; apply sum_ext; intros t; ring.
      - rewrite sum2_sum; apply sum_ext; intros t; rewrite sum2_scal; unfold K; ring.
    Qed.

    (** From a recursion at every state to the errors where the expert goes. *)
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

    Lemma disagreement_nonneg s : 0 <= sum others (fun j => TV j s).
    Proof. apply sum_nonneg; intros j; apply TV_range. Qed.

    (** Errors of the others count w times as much as the player's own. *)
    Lemma difference_le_errors (w : R) (V W : St -> R) : 0 <= w ->
      (forall s, V s - W s <=
        2 / (1 - gamma) * (TV i s + w * sum others (fun j => TV j s)) +
        sum states (fun t => K s t * (V t - W t))) ->
      from_start V - from_start W <=
        (error mu e p i + w * sum others (error mu e p)) / (1 - gamma) ^ 2.
    Proof.
      intros Hw recursion.
      set (c := fun s => 2 / (1 - gamma) * (TV i s + w * sum others (fun j => TV j s))).
      assert (C : forall s, 0 <= c s).
      { intros s; apply Rmult_le_pos; [apply over_nonneg; lra |].
        apply Rplus_le_le_0_compat; [apply TV_range |].
        apply Rmult_le_pos; [assumption | apply disagreement_nonneg]. }
      assert (M := resolvent states gamma (kernel e) nu mu gamma_range nu_nonneg
        (visits_nonneg e mu expert_policy visits) visits
        (fun s => V s - W s) c K K_range C recursion).
      assert (E : sum states (fun s => mu s * c s) =
        (error mu e p i + w * sum others (error mu e p)) / (1 - gamma)).
      { rewrite (sum_ext others (error mu e p)
          (fun j => 2 * sum states (fun s => mu s * TV j s))) by (intros j; apply error_TV).
        rewrite error_TV, sum_scal, sum_swap.
        transitivity (2 / (1 - gamma) * sum states (fun s => mu s * TV i s) +
          2 * w / (1 - gamma) * sum states (fun s => sum others (fun j => mu s * TV j s)));
          [| field; lra].
        rewrite <- !sum_scal, <- sum_plus; apply sum_ext; intros s; unfold c.
        rewrite sum_scal; field; lra. }
      rewrite E in M.
      assert (D : sum states (fun s => nu s * (V s - W s)) = from_start V - from_start W).
      { unfold from_start; rewrite <- sum_minus; apply sum_ext; intros s; ring. }
      rewrite D in M; apply Rmult_le_reg_l with (1 - gamma); [lra |].
      eapply Rle_trans; [apply M | apply Req_le; field; lra].
    Qed.

    Lemma players_counted : INR (length players) = INR (length others) + 1.
    Proof. rewrite (Permutation_length split), <- S_INR; reflexivity. Qed.

    Lemma at_least_one : 1 <= INR (length players).
    Proof. rewrite players_counted; assert (N := pos_INR (length others)); lra. Qed.

    Lemma others_errors eps : (forall j, In j players -> error mu e p j <= eps) ->
      sum others (error mu e p) <= (INR (length players) - 1) * eps.
    Proof.
      intros H; rewrite players_counted.
      replace (INR (length others) + 1 - 1) with (INR (length others)) by ring.
      rewrite <- sum_const; apply sum_le_in; intros j Hj; apply H.
      apply (Permutation_in j (Permutation_sym split)); right; exact Hj.
    Qed.

