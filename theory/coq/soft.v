(** ** Soft best responses: what is taken on trust of logarithms, proved for lists of actions *)

(** The step of the logarithm from which everything follows. *)
Lemma exp_above (x : R) : 1 + x <= exp x.
Proof.
  destruct (Req_dec x 0) as [-> | H]; [rewrite exp_0; lra |].
  left; apply exp_ineq1; exact H.
Qed.

Lemma ln_below (x : R) : 0 < x -> ln x <= x - 1.
Proof. intros H; pose proof (exp_above (ln x)) as E; rewrite exp_ln in E by exact H; lra. Qed.

(** [b * ln b], which is 0 at [b = 0]; an entropy is minus the sum of these. *)
Definition ent (b : R) : R := if Req_EM_T b 0 then 0 else b * ln b.

Lemma ent_nonpos (b : R) : 0 <= b <= 1 -> ent b <= 0.
Proof.
  intros H; unfold ent; destruct (Req_EM_T b 0) as [_ | Z]; [lra |].
  assert (ln b <= 0) by (pose proof (ln_below b ltac:(lra)); lra).
  pose proof (Rmult_le_compat_l b (ln b) 0 ltac:(lra) ltac:(lra)); lra.
Qed.

(** One action of the Gibbs inequality: [b (q - v)/tau - b ln b <= exp ((q - v)/tau) - b]. *)
Lemma gibbs_at (b x : R) : 0 <= b -> b * x - ent b <= exp x - b.
Proof.
  intros H; unfold ent; destruct (Req_EM_T b 0) as [-> | Z].
  - pose proof (exp_pos x); lra.
  - assert (P : 0 < b) by lra.
    assert (E : b * x - b * ln b = b * ln (exp x / b)).
    { unfold Rdiv; rewrite ln_mult, ln_Rinv, ln_exp by
        (try apply Rinv_0_lt_compat; try apply exp_pos; exact P); ring. }
    rewrite E.
    pose proof (ln_below (exp x / b) ltac:(apply Rdiv_lt_0_compat; [apply exp_pos | exact P])) as L.
    apply (Rmult_le_compat_l b) in L; [| lra].
    replace (b * (exp x / b - 1)) with (exp x - b) in L by (field; lra); exact L.
Qed.

(** A soft response is best: with [sum (exp ((q - v)/tau)) = 1], no policy has more of mean plus
    temperature times entropy than [v]. *)
Lemma soft_response_is_best {X} (l : list X) (q b : X -> R) (v tau : R) :
  0 < tau -> (forall a, 0 <= b a) -> sum l b = 1 ->
  sum l (fun a => exp ((q a - v) / tau)) = 1 ->
  sum l (fun a => b a * q a) + tau * (- sum l (fun a => ent (b a))) <= v.
Proof.
  intros T B M Z.
  assert (E : sum l (fun a => b a * ((q a - v) / tau) + (-1) * ent (b a)) <=
              sum l (fun a => exp ((q a - v) / tau) + (-1) * b a)).
  { apply sum_le; intros a; pose proof (gibbs_at (b a) ((q a - v) / tau) (B a)); lra. }
  rewrite !sum_plus, !sum_scal, Z, M in E.
  replace (sum l (fun a => b a * ((q a - v) / tau)))
    with ((sum l (fun a => b a * q a) - v) / tau) in E.
  - apply (Rmult_le_compat_l tau) in E; [| lra].
    replace (tau * ((sum l (fun a => b a * q a) - v) / tau + -1 * sum l (fun a => ent (b a))))
      with (sum l (fun a => b a * q a) - v - tau * sum l (fun a => ent (b a))) in E by (field; lra).
    lra.
  - transitivity (sum l (fun a => / tau * (b a * q a) + (- v / tau) * b a)).
    + rewrite sum_plus, !sum_scal, M; field; lra.
    + apply sum_ext; intros a; field; lra.
Qed.

(** It attains that: the soft response is the policy [exp ((q - v)/tau)]. *)
Lemma soft_response_attains {X} (l : list X) (q : X -> R) (v tau : R) :
  0 < tau -> sum l (fun a => exp ((q a - v) / tau)) = 1 ->
  sum l (fun a => exp ((q a - v) / tau) * q a) +
  tau * (- sum l (fun a => ent (exp ((q a - v) / tau)))) = v.
Proof.
  intros T Z.
  transitivity (sum l (fun a => exp ((q a - v) / tau) * q a +
                 (- tau) * ent (exp ((q a - v) / tau)))).
  { rewrite sum_plus, sum_scal; ring. }
  transitivity (sum l (fun a => v * exp ((q a - v) / tau))); [| rewrite sum_scal, Z; ring].
  apply sum_ext; intros a; unfold ent.
  destruct (Req_EM_T (exp ((q a - v) / tau)) 0) as [N | N].
  - pose proof (exp_pos ((q a - v) / tau)); lra.
  - rewrite ln_exp; field; lra.
Qed.

(** An entropy lies between 0 and the logarithm of the number of actions. *)
Lemma entropy_nonneg {X} (l : list X) (b : X -> R) :
  (forall a, 0 <= b a <= 1) -> 0 <= - sum l (fun a => ent (b a)).
Proof.
  intros B; assert (sum l (fun a => ent (b a)) <= sum l (fun _ => 0 * 0)).
  { apply sum_le; intros a; pose proof (ent_nonpos (b a) (B a)); lra. }
  rewrite (sum_scal l 0 (fun _ => 0)) in H; lra.
Qed.

Lemma entropy_below_log {X} (l : list X) (b : X -> R) :
  l <> nil -> (forall a, 0 <= b a) -> sum l b = 1 ->
  - sum l (fun a => ent (b a)) <= ln (INR (length l)).
Proof.
  intros N B M.
  assert (K : 0 < INR (length l)).
  { destruct l as [| x l]; [contradiction |]; apply lt_0_INR; simpl; apply PeanoNat.Nat.lt_0_succ. }
  pose proof (soft_response_is_best l (fun _ => 0) b (ln (INR (length l))) 1 ltac:(lra) B M) as G.
  assert (Z : sum l (fun _ => exp ((0 - ln (INR (length l))) / 1)) = 1).
  { replace ((0 - ln (INR (length l))) / 1) with (- ln (INR (length l))) by field.
    rewrite exp_Ropp, exp_ln by exact K.
    transitivity (/ INR (length l) * INR (length l)); [| field; lra].
    clear G N K M B; induction l as [| x l I]; [simpl; ring |].
    change (length (x :: l)) with (S (length l)); rewrite S_INR; simpl.
    generalize (/ (INR (length l) + 1)); intros c.
    assert (F : sum l (fun _ => c) = c * INR (length l)).
    { clear I; induction l as [| y l J]; [simpl; ring |].
      change (length (y :: l)) with (S (length l)); rewrite S_INR; simpl; rewrite J; ring. }
    rewrite F; ring. }
  specialize (G Z).
  assert (E : sum l (fun a => b a * 0) = 0).
  { transitivity (sum l (fun a => 0 * b a)); [apply sum_ext; intros; ring | rewrite sum_scal; ring]. }
  lra.
Qed.

(** Two softmaxes of numbers at most [d] apart: their odds differ by at most [exp (2 d / tau)]. *)
Lemma odds_at (x y x' y' d tau : R) :
  0 < tau -> Rabs (x - x') <= d -> Rabs (y - y') <= d ->
  exp (x / tau) * exp (y' / tau) <= exp (d / tau) ^ 2 * (exp (x' / tau) * exp (y / tau)).
Proof.
  intros T A B.
  replace (exp (d / tau) ^ 2) with (exp (d / tau) * exp (d / tau)) by ring.
  rewrite <- !exp_plus.
  assert (x - x' + (y' - y) <= 2 * d).
  { pose proof (Rle_abs (x - x')); pose proof (Rle_abs (- (y - y'))); rewrite Rabs_Ropp in *; lra. }
  assert (E : x / tau + y' / tau <= d / tau + d / tau + (x' / tau + y / tau)).
  { apply (Rmult_le_reg_l tau); [exact T |].
    replace (tau * (x / tau + y' / tau)) with (x + y') by (field; lra).
    replace (tau * (d / tau + d / tau + (x' / tau + y / tau))) with (2 * d + x' + y) by (field; lra).
    lra. }
  destruct E as [E | E]; [left; apply exp_increasing; exact E | right; rewrite E; reflexivity].
Qed.

(** Summed over the actions [k] that are played more often and the others [l]. *)
Lemma odds_of_sets {X} (k l : list X) (b e : X -> R) (t : R) :
  (forall a c, b a * e c <= t * (e a * b c)) ->
  sum k b * sum l e <= t * (sum k e * sum l b).
Proof.
  intros H.
  apply Rle_trans with (sum k (fun a => sum l (fun c => b a * e c))).
  { right; rewrite Rmult_comm, <- sum_scal; apply sum_ext; intros a; rewrite sum_scal; ring. }
  apply Rle_trans with (sum k (fun a => sum l (fun c => t * (e a * b c)))).
  { apply sum_le; intros a; apply sum_le; intros c; apply H. }
  right; rewrite (Rmult_comm (sum k e)), <- Rmult_assoc, <- sum_scal; apply sum_ext; intros a.
  rewrite sum_scal, sum_scal; ring.
Qed.

(** Hyperbolic tangents, with [tanh x = (exp (2 x) - 1) / (exp (2 x) + 1)]. *)
Definition tangent (x : R) : R := (exp (2 * x) - 1) / (exp (2 * x) + 1).

Lemma tanh_of_odds (x : R) : exp x - 1 = (exp x + 1) * tangent (x / 2).
Proof.
  unfold tangent; replace (2 * (x / 2)) with x by field.
  field; pose proof (exp_pos x); lra.
Qed.

Lemma tanh_increasing (x y : R) : x <= y -> tangent x <= tangent y.
Proof.
  intros H; unfold tangent.
  assert (E : exp (2 * x) <= exp (2 * y)).
  { destruct H as [H | ->]; [left; apply exp_increasing; lra | right; reflexivity]. }
  pose proof (exp_pos (2 * x)); pose proof (exp_pos (2 * y)).
  apply (Rmult_le_reg_l ((exp (2 * x) + 1) * (exp (2 * y) + 1))).
  { apply Rmult_lt_0_compat; lra. }
  replace ((exp (2 * x) + 1) * (exp (2 * y) + 1) * ((exp (2 * x) - 1) / (exp (2 * x) + 1)))
    with ((exp (2 * y) + 1) * (exp (2 * x) - 1)) by (field; lra).
  replace ((exp (2 * x) + 1) * (exp (2 * y) + 1) * ((exp (2 * y) - 1) / (exp (2 * y) + 1)))
    with ((exp (2 * x) + 1) * (exp (2 * y) - 1)) by (field; lra).
  lra.
Qed.

(** [exp (2 x) (1 - x) <= 1 + x]: the difference is 0 at 0, and its derivative is
    [1 - exp (2 x) (1 - 2 x) >= 0]. *)
Lemma tanh_below (x : R) : 0 <= x -> tangent x <= x.
Proof.
  intros P.
  set (h := fun y => (1 + y) - exp (2 * y) * (1 - y)).
  assert (D : forall y, derivable_pt_lim h y (1 - exp (2 * y) * (1 - 2 * y))).
  { intros y; unfold h.
    replace (1 - exp (2 * y) * (1 - 2 * y))
      with ((0 + 1) - ((exp (2 * y) * 2) * (1 - y) + exp (2 * y) * (0 - 1))) by ring.
    apply (derivable_pt_lim_minus (fun z => 1 + z) (fun z => exp (2 * z) * (1 - z))).
    - apply derivable_pt_lim_plus; [apply derivable_pt_lim_const | apply derivable_pt_lim_id].
    - apply (derivable_pt_lim_mult (fun z => exp (2 * z)) (fun z => 1 - z)).
      + apply (derivable_pt_lim_comp (fun z => 2 * z) exp).
        * pose proof (derivable_pt_lim_scal id 2 y 1 (derivable_pt_lim_id y)) as L.
          rewrite Rmult_1_r in L; exact L.
        * exact (derivable_pt_lim_exp (2 * y)).
      + apply derivable_pt_lim_minus; [apply derivable_pt_lim_const | apply derivable_pt_lim_id]. }
  assert (H : 0 <= h x).
  { destruct P as [P | <-]; [| unfold h; replace (2 * 0) with 0 by ring; rewrite exp_0; lra].
    destruct (MVT_cor2 h (fun y => 1 - exp (2 * y) * (1 - 2 * y)) 0 x P (fun c _ => D c))
      as [c [E C]].
    assert (Z : h 0 = 0) by (unfold h; replace (2 * 0) with 0 by ring; rewrite exp_0; ring).
    assert (S : exp (2 * c) * (1 - 2 * c) <= 1).
    { pose proof (exp_above (- (2 * c))) as A.
      apply (Rmult_le_compat_l (exp (2 * c))) in A; [| left; apply exp_pos].
      rewrite <- exp_plus, Rplus_opp_r, exp_0 in A; lra. }
    pose proof (Rmult_le_pos (1 - exp (2 * c) * (1 - 2 * c)) (x - 0) ltac:(lra) ltac:(lra)); lra. }
  unfold h in H; unfold tangent; pose proof (exp_pos (2 * x)).
  apply (Rmult_le_reg_l (exp (2 * x) + 1)); [lra |].
  replace ((exp (2 * x) + 1) * ((exp (2 * x) - 1) / (exp (2 * x) + 1))) with (exp (2 * x) - 1)
    by (field; lra).
  lra.
Qed.

(** A recursion at a constant cost, along a stochastic kernel: at a state where [W] is largest. *)
Lemma constant_cost {S : Type} (states : list S) (gamma c m : R) (P : S -> S -> R) (W : S -> R) :
  0 <= gamma < 1 ->
  (forall s t, 0 <= P s t) -> (forall s, sum states (P s) = 1) ->
  (forall s, W s <= m) -> (exists s, W s = m) ->
  (forall s, W s <= c + gamma * sum states (fun t => P s t * W t)) ->
  m <= c / (1 - gamma).
Proof.
  intros G N O M [s E] H.
  assert (B : sum states (fun t => P s t * W t) <= m).
  { apply Rle_trans with (sum states (fun t => m * P s t)).
    - apply sum_le; intros t; rewrite Rmult_comm; apply Rmult_le_compat_r; auto.
    - rewrite sum_scal, O; lra. }
  specialize (H s); rewrite E in H.
  apply (Rmult_le_compat_l gamma) in B; [| lra].
  apply (Rmult_le_reg_l (1 - gamma)); [lra |].
  replace ((1 - gamma) * (c / (1 - gamma))) with c by (field; lra); lra.
Qed.
