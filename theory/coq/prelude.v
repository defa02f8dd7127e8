(** * Finite sums, and the rules of inference, proved *)

Fixpoint sum {X : Type} (l : list X) (f : X -> R) : R :=
  match l with nil => 0 | x :: l => f x + sum l f end.

Fixpoint prod {X : Type} (l : list X) (f : X -> R) : R :=
  match l with nil => 1 | x :: l => f x * prod l f end.

Definition sum2 {X Y : Type} (k : list X) (l : list Y) (f : X -> Y -> R) : R :=
  sum k (fun a => sum l (fun b => f a b)).

Lemma sum_ext {X} (l : list X) f g : (forall x, f x = g x) -> sum l f = sum l g.
Proof. intros H; induction l; simpl; [reflexivity | rewrite H, IHl; reflexivity]. Qed.

Lemma sum_plus {X} (l : list X) f g : sum l (fun x => f x + g x) = sum l f + sum l g.
Proof. induction l; simpl; [ring | rewrite IHl; ring]. Qed.

Lemma sum_scal {X} (l : list X) c f : sum l (fun x => c * f x) = c * sum l f.
Proof. induction l; simpl; [ring | rewrite IHl; ring]. Qed.

Lemma sum_le {X} (l : list X) f g : (forall x, f x <= g x) -> sum l f <= sum l g.
Proof. intros H; induction l; simpl; [lra | specialize (H a); lra]. Qed.

Lemma sum_nonneg {X} (l : list X) f : (forall x, 0 <= f x) -> 0 <= sum l f.
Proof. intros H; induction l; simpl; [lra | specialize (H a); lra]. Qed.

Lemma sum_swap {X Y} (k : list X) (l : list Y) f :
  sum k (fun x => sum l (fun y => f x y)) = sum l (fun y => sum k (fun x => f x y)).
Proof.
  induction k; simpl.
  - induction l; simpl; [reflexivity | rewrite <- IHl; ring].
  - rewrite IHk, <- sum_plus; apply sum_ext; reflexivity.
Qed.

Lemma sum2_ext {X Y} (k : list X) (l : list Y) f g :
  (forall a b, f a b = g a b) -> sum2 k l f = sum2 k l g.
Proof. intros H; apply sum_ext; intros a; apply sum_ext; intros b; apply H. Qed.

Lemma sum2_plus {X Y} (k : list X) (l : list Y) f g :
  sum2 k l (fun a b => f a b + g a b) = sum2 k l f + sum2 k l g.
Proof.
  unfold sum2; rewrite <- sum_plus; apply sum_ext; intros a; apply sum_plus.
Qed.

Lemma sum2_scal {X Y} (k : list X) (l : list Y) c f :
  sum2 k l (fun a b => c * f a b) = c * sum2 k l f.
Proof.
  unfold sum2; rewrite <- sum_scal; apply sum_ext; intros a; apply sum_scal.
Qed.

Lemma sum2_prod {X Y} (k : list X) (l : list Y) u v :
  sum2 k l (fun a b => u a * v b) = sum k u * sum l v.
Proof.
  unfold sum2; rewrite Rmult_comm, <- sum_scal; apply sum_ext; intros a.
  rewrite sum_scal; ring.
Qed.

Lemma sum2_nonneg {X Y} (k : list X) (l : list Y) f :
  (forall a b, 0 <= f a b) -> 0 <= sum2 k l f.
Proof. intros H; apply sum_nonneg; intros a; apply sum_nonneg; intros b; apply H. Qed.

(** A sum over the opponents: one bound for each of them. *)
Lemma sum_le_count {X} (l : list X) f c :
  (forall x, f x <= c) -> sum l f <= INR (length l) * c.
Proof.
  intros H; induction l; [simpl; lra |].
  change (length (a :: l)) with (S (length l)); rewrite S_INR; simpl.
  specialize (H a); lra.
Qed.

(** Means are monotone. *)
Lemma mean_nonneg {X} (l : list X) w f :
  (forall x, 0 <= w x) -> (forall x, 0 <= f x) -> 0 <= sum l (fun x => w x * f x).
Proof. intros Hw Hf; apply sum_nonneg; intros x; apply Rmult_le_pos; auto. Qed.

(** The triangle inequality. *)
Lemma norm_triangle {X} (l : list X) f g c :
  0 <= c ->
  sum l (fun x => Rabs (f x + c * g x)) <=
  sum l (fun x => Rabs (f x)) + c * sum l (fun x => Rabs (g x)).
Proof.
  intros Hc; rewrite <- sum_scal, <- sum_plus; apply sum_le; intros x.
  eapply Rle_trans; [apply Rabs_triang |].
  rewrite Rabs_mult, (Rabs_right c) by lra; lra.
Qed.

(** ** From a recursion at every state to the start

    [P] is a stochastic kernel, [mu] its discounted visits from [nu]. A part [K] of [gamma * P]
    and costs [c >= 0] with [W <= c + K W] give [(1 - gamma) * nu.W <= mu.c]: what is positive of
    [W] satisfies the same recursion with all of [gamma * P], and visits do the rest. *)
Section Resolvent.
  Context {S : Type} (states : list S) (gamma : R) (P : S -> S -> R) (nu mu : S -> R).
  Hypothesis gamma_range : 0 <= gamma < 1.
  Hypothesis nu_nonneg : forall s, 0 <= nu s.
  Hypothesis mu_nonneg : forall s, 0 <= mu s.
  Hypothesis flow : forall t,
    mu t = (1 - gamma) * nu t + gamma * sum states (fun s => mu s * P s t).

  Lemma visits_solve (f : S -> R) :
    (1 - gamma) * sum states (fun s => nu s * f s) =
    sum states (fun s => mu s * (f s - gamma * sum states (fun t => P s t * f t))).
  Proof.
    transitivity (sum states (fun s => mu s * f s) -
      gamma * sum states (fun s => sum states (fun t => mu s * P s t * f t))).
    - rewrite sum_swap.
      transitivity (sum states (fun t =>
        (mu t + (-1) * (gamma * sum states (fun s => mu s * P s t))) * f t)).
      + rewrite <- sum_scal; apply sum_ext; intros t; rewrite (flow t) at 1; ring.
      + transitivity (sum states (fun t => mu t * f t) +
          sum states (fun t => (- gamma) * sum states (fun s => mu s * P s t * f t))).
        * rewrite <- sum_plus; apply sum_ext; intros t.
          replace (sum states (fun s => mu s * P s t * f t))
            with (f t * sum states (fun s => mu s * P s t)); [ring |].
          rewrite <- sum_scal; apply sum_ext; intros s; ring.
        * rewrite sum_scal; ring.
    - transitivity (sum states (fun s => mu s * f s) +
        sum states (fun s => (- gamma) * sum states (fun t => mu s * P s t * f t))).
      + rewrite sum_scal; ring.
      + rewrite <- sum_plus; apply sum_ext; intros s.
        replace (sum states (fun t => mu s * P s t * f t))
          with (mu s * sum states (fun t => P s t * f t)); [ring |].
        rewrite <- sum_scal; apply sum_ext; intros t; ring.
  Qed.

  Lemma nonneg_resolvent (Y c : S -> R) :
    (forall s, Y s <= c s + gamma * sum states (fun t => P s t * Y t)) ->
    (1 - gamma) * sum states (fun s => nu s * Y s) <= sum states (fun s => mu s * c s).
  Proof.
    intros H; rewrite visits_solve; apply sum_le; intros s.
    apply Rmult_le_compat_l; [apply mu_nonneg | specialize (H s); lra].
  Qed.

  (** Two recursions at once; the case [U = W], [d = 0], [L = 0] is the resolvent of one. *)
  Lemma two_recursions (U W c d : S -> R) (K L : S -> S -> R) :
    (forall s t, 0 <= K s t) -> (forall s t, 0 <= L s t) ->
    (forall s t, K s t + L s t <= gamma * P s t) ->
    (forall s, 0 <= c s) -> (forall s, 0 <= d s) ->
    (forall s, U s <= c s + sum states (fun t => (K s t + L s t) * U t)) ->
    (forall s, W s <= c s + d s + sum states (fun t => K s t * W t)
                      + sum states (fun t => L s t * U t)) ->
    (1 - gamma) * sum states (fun s => nu s * W s) <= sum states (fun s => mu s * (c s + d s)).
  Proof.
    intros HK HL HP Hc Hd HU HW.
    set (Y := fun s => Rmax (Rmax (U s) (W s)) 0).
    assert (YU : forall s, U s <= Y s)
      by (intros s; eapply Rle_trans; [apply Rmax_l | apply Rmax_l]).
    assert (YW : forall s, W s <= Y s)
      by (intros s; eapply Rle_trans; [apply Rmax_r | apply Rmax_l]).
    assert (Y0 : forall s, 0 <= Y s) by (intros s; apply Rmax_r).
    assert (all : forall s, sum states (fun t => (K s t + L s t) * Y t)
                            <= gamma * sum states (fun t => P s t * Y t)).
    { intros s; rewrite <- sum_scal; apply sum_le; intros t; rewrite <- Rmult_assoc.
      apply Rmult_le_compat_r; auto. }
    assert (none : forall s, 0 <= sum states (fun t => (K s t + L s t) * Y t)).
    { intros s; apply mean_nonneg; auto; intros t; specialize (HK s t); specialize (HL s t); lra. }
    assert (HUY : forall s, sum states (fun t => (K s t + L s t) * U t)
                            <= sum states (fun t => (K s t + L s t) * Y t)).
    { intros s; apply sum_le; intros t; apply Rmult_le_compat_l; auto.
      specialize (HK s t); specialize (HL s t); lra. }
    assert (HWY : forall s, sum states (fun t => K s t * W t) + sum states (fun t => L s t * U t)
                            <= sum states (fun t => (K s t + L s t) * Y t)).
    { intros s; rewrite <- sum_plus; apply sum_le; intros t; rewrite Rmult_plus_distr_r.
      apply Rplus_le_compat; apply Rmult_le_compat_l; auto. }
    apply Rle_trans with ((1 - gamma) * sum states (fun s => nu s * Y s)).
    - apply Rmult_le_compat_l; [lra |]; apply sum_le; intros s.
      apply Rmult_le_compat_l; auto.
    - apply nonneg_resolvent; intros s; unfold Y at 1.
      specialize (HU s); specialize (HW s); specialize (HUY s); specialize (HWY s).
      specialize (Hc s); specialize (Hd s); specialize (all s); specialize (none s).
      repeat apply Rmax_lub; lra.
  Qed.

  Lemma resolvent (W c : S -> R) (K : S -> S -> R) :
    (forall s t, 0 <= K s t <= gamma * P s t) -> (forall s, 0 <= c s) ->
    (forall s, W s <= c s + sum states (fun t => K s t * W t)) ->
    (1 - gamma) * sum states (fun s => nu s * W s) <= sum states (fun s => mu s * c s).
  Proof.
    intros HK Hc HW.
    replace (sum states (fun s => mu s * c s)) with (sum states (fun s => mu s * (c s + 0)))
      by (apply sum_ext; intros s; ring).
    apply (two_recursions W W c (fun _ => 0) K (fun _ _ => 0)); try (intros; lra); auto.
    - intros s t; apply HK.
    - intros s t; specialize (HK s t); lra.
    - intros s; specialize (HW s).
      replace (sum states (fun t => (K s t + 0) * W t)) with (sum states (fun t => K s t * W t))
        by (apply sum_ext; intros t; ring); exact HW.
    - intros s; specialize (HW s).
      replace (sum states (fun t => 0 * W t)) with 0; [lra |].
      rewrite (sum_scal states 0 W); ring.
  Qed.
End Resolvent.

(** ** Small steps that every certificate takes *)

Lemma le_of_diff (a b d : R) : 0 <= d -> b - a = d -> a <= b.
Proof. lra. Qed.

Lemma le_of_scaled (m a b : R) : 0 < m -> 0 <= m * (b - a) -> a <= b.
Proof.
  intros M H; destruct (Rle_or_lt a b) as [L | L]; [exact L |].
  pose proof (Rmult_lt_0_compat m (a - b) M ltac:(lra)); lra.
Qed.

Lemma eq_of_diff (a b d : R) : d = 0 -> b - a = d -> a = b.
Proof. lra. Qed.

Lemma nonneg_of_le (a b : R) : a <= b -> 0 <= b - a.
Proof. lra. Qed.

Lemma nonneg_of_eq (a b : R) : a = b -> 0 <= b - a.
Proof. lra. Qed.

Lemma over_nonneg (a b : R) : 0 <= a -> 0 < b -> 0 <= a / b.
Proof. intros Ha Hb; apply Rmult_le_pos; [exact Ha | left; apply Rinv_0_lt_compat, Hb]. Qed.

(** Signs are read off: sums, products and powers of what is non-negative. *)
Ltac nonneg :=
  first
    [ lra
    | match goal with
      | |- 0 <= _ + _ => apply Rplus_le_le_0_compat; nonneg
      | |- 0 <= _ * _ => apply Rmult_le_pos; nonneg
      | |- 0 <= _ ^ _ => apply pow_le; nonneg
      end ].

Ltac positive :=
  first
    [ lra
    | match goal with
      | |- 0 < _ + _ => apply Rplus_lt_le_0_compat; [positive | nonneg]
      | |- 0 < _ * _ => apply Rmult_lt_0_compat; positive
      | |- 0 < _ ^ _ => apply pow_lt; positive
      end ].

(** Denominators do not vanish, by the signs in the context. *)
Ltac defined := repeat split; let H := fresh in intro H; lra.
