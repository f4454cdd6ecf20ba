using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The regularization of one training run: an immutable record that validates itself, compares by value, prints itself and survives JSON
/// and the model file. Start from a preset and change what differs: <c>RegularizationRecipe.SmallDataset with { LabelSmoothing = 0.1 }</c>.
/// </summary>
/// <remarks>
/// The presets contain no data augmentation, because it depends on the data: add it as <see cref="Augmentations"/>, or as a transform before the trainer such
/// as <c>ml.Transforms.Mixup</c>.
/// </remarks>
public sealed partial record RegularizationRecipe
{
    /// <summary>
    /// Decoupled weight decay: every step multiplies the weights by <c>1 - learningRate * WeightDecay</c> separately from the gradient step, as AdamW does
    /// (Hanson and Pratt, 1988; Loshchilov and Hutter, 2019); SGD with it is SGDW. Biases and normalization parameters are excluded unless
    /// <see cref="PenalizeBiases"/> is set. At least 0 (none) and below 1 / learningRate (which would set weights to 0); 0.01 to 0.1 is usual under Adam,
    /// less under the greater learning rates of SGD. Default: 0.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Multiplies <see cref="WeightDecay"/> by the schedule's factor in each step, on top of the learning rate's own schedule: constant, cosine, linear, flat then
    /// cosine, or waves (<see cref="LogCosineSchedule"/>). Schedules that count epochs or plateaus, and <see cref="OneCycleSchedule"/>, are refused. Follows the
    /// share of <c>MaxEpochs</c>, or of the time limit, that is done, as the learning rate does. Default: none, the same in every step.
    /// </summary>
    public LearningRateSchedule? WeightDecaySchedule { get; init; }

    /// <summary>
    /// L2 penalty: the loss plus <c>L2 / 2 * sum w^2</c>, whose gradient <c>L2 * w</c> goes through clipping and optimizer (Krogh and Hertz, 1991). Under
    /// plain SGD this is the same as <see cref="WeightDecay"/>; under Adam it is not: weights of large gradients are decayed less. Biases and normalization
    /// parameters are excluded unless <see cref="PenalizeBiases"/> is set. At least 0 (none). Default: 0.
    /// </summary>
    public double L2 { get; init; }

    /// <summary>
    /// L1 penalty (lasso): the loss plus <c>L1 * sum |w|</c>, solved by a proximal step: after each step of the optimizer every weight moves towards 0 by
    /// <c>L1</c> times the size of its own step, and stays at exactly 0 where it gets there (Tibshirani, 1996). So a weight is 0 where the gradient of the
    /// loss is smaller in magnitude than <c>L1</c>. Biases and normalization parameters are excluded unless <see cref="PenalizeBiases"/> is set. With
    /// <see cref="L2"/> it is the elastic net (Zou and Hastie, 2005). At least 0 (none). Default: 0.
    /// </summary>
    public double L1 { get; init; }

    /// <summary>
    /// Whether <see cref="WeightDecay"/>, <see cref="L2"/> and <see cref="L1"/> also apply to biases and to the factors and shifts of normalizations. There
    /// are few of these and they need not be small; a normalization factor that decays to 0 switches its unit off. Default: false.
    /// </summary>
    public bool PenalizeBiases { get; init; }

    /// <summary>
    /// Max-norm: after each step the incoming weights of every unit are scaled down to this Euclidean norm where they are longer (Srivastava et al., 2014).
    /// Above 0 (almost no weights); 3 or 4 is usual. Default: none, no limit.
    /// </summary>
    public double? MaxNorm { get; init; }

    /// <summary>A user-defined penalty on the weights, added to the loss: see <see cref="ICustomPenalty"/>. Default: none.</summary>
    public CustomPenalty? Penalty { get; init; }

    /// <summary>
    /// Probability mass moved from the label to all classes equally: <c>y (1 - a) + a / K</c> for K classes (Szegedy et al., 2016). At least 0 (labels as
    /// they are) and below 1 (labels without information); 0.1 is usual. Soft labels are smoothed in the same way. Default: 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// Multiplies <see cref="LabelSmoothing"/> by the schedule's factor in each step; the same schedules as for <see cref="WeightDecaySchedule"/>. Default: none,
    /// the same in every step.
    /// </summary>
    public LearningRateSchedule? LabelSmoothingSchedule { get; init; }

    /// <summary>Penalizes predictions of low entropy, that is, overconfident ones. A number is its weight; 0.1 is usual. Default: none.</summary>
    public ConfidencePenalty? ConfidencePenalty { get; init; }

    /// <summary>Noise on hidden units or on weights, only while training. A number means standard dropout. Default: none.</summary>
    public Dropout? Dropout { get; init; }

    /// <summary>
    /// Multiplies the probability to drop of <see cref="Dropout"/> by the schedule's factor in each step; the same schedules as for
    /// <see cref="WeightDecaySchedule"/>. Refused for <see cref="VariationalDropout"/>, which learns its rates, and for a <see cref="DropConnect"/> that scores
    /// with matched moments, which are those of one probability. Monte Carlo prediction draws with the probability itself. Default: none, the same in every step.
    /// </summary>
    public LearningRateSchedule? DropoutSchedule { get; init; }

    /// <summary>Skips residual blocks, only while training. For architectures that have some. Default: none.</summary>
    public StochasticDepth? StochasticDepth { get; init; }

    /// <summary>Lets each row go through the network under two draws of its noise, whose predictions are to agree; for classes. Default: none.</summary>
    public RDrop? RDrop { get; init; }

    /// <summary>A bound on each step's gradient. Default: none.</summary>
    public GradientClipping? GradientClipping { get; init; }

    /// <summary>Adversarial training: steps also train on rows that an attack has changed. Default: none.</summary>
    public AdversarialTraining? AdversarialTraining { get; init; }

    /// <summary>
    /// Manifold mixup: steps mix the rows of their batch at a random layer. Not for a loss that is defined for hard labels alone. Default: none.
    /// </summary>
    public ManifoldMixup? ManifoldMixup { get; init; }

    /// <summary>Sharpness-aware minimization: steps take the gradient where the loss is highest nearby, which leads to flat minima. Default: none.</summary>
    public SharpnessAwareMinimization? SharpnessAware { get; init; }

    /// <summary>The model takes an average of the weights over training. Default: none, it takes the weights of a step.</summary>
    public WeightAveraging? WeightAveraging { get; init; }

    /// <summary>
    /// Augmentations of the trainer's own rows, drawn anew in every epoch, after it has set its validation rows aside: they do the same as a transform with
    /// these options in the pipeline before the trainer. Names of columns that their options leave out are the trainer's: features, label, example weights,
    /// categories; other columns cannot be named. Default: none.
    /// </summary>
    public ValueList<AugmentationOptions>? Augmentations { get; init; }

    /// <summary>
    /// The last epochs of the trainer's <c>MaxEpochs</c> in which no row is mixed with another, whether by <see cref="Augmentations"/> or by transforms in
    /// the pipeline before the trainer, so that training ends on rows like those to be scored. Augmentations of single rows continue. At least 0 (mixing to
    /// the end); from <c>MaxEpochs</c> on nothing is ever mixed. Where early stopping ends training before, all epochs are mixed. Default: 0.
    /// </summary>
    public int UnmixedEpochs { get; init; }

    /// <summary>
    /// When to stop before the last epoch; the model then has the weights of its best epoch. Needs validation rows. Default: none, training
    /// runs to the last epoch and keeps its weights.
    /// </summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>The recipe as JSON, which <see cref="FromJson"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StrictJson.Options);

    /// <summary>Reads a recipe from the JSON of <see cref="ToJson"/>.</summary>
    /// <param name="json">A JSON object; members left out keep their defaults.</param>
    /// <exception cref="JsonException">The text is not a recipe: not JSON, or with a member that no recipe has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A member is out of its range.</exception>
    public static RegularizationRecipe FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var recipe = StrictJson.Read<RegularizationRecipe>(Encoding.UTF8.GetBytes(json));
        recipe.Validate();
        return recipe;
    }

    /// <summary>Checks every member; trainers do so when they are built.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A member is out of its range; the message names it, its value and the range.</exception>
    public void Validate() => Validate(Contracts.NotSensitive());

    internal void Validate(IExceptionContext context)
    {
        context.CheckAtLeast(WeightDecay, nameof(WeightDecay), 0);
        context.CheckAtLeast(L2, nameof(L2), 0);
        context.CheckAtLeast(L1, nameof(L1), 0);
        if (MaxNorm is { } maxNorm)
            context.CheckAbove(maxNorm, nameof(MaxNorm), 0);
        Penalty?.Validate(context);
        context.CheckFromZeroToBelowOne(LabelSmoothing, nameof(LabelSmoothing));
        ConfidencePenalty?.Validate(context);
        Dropout?.Validate(context);
        StochasticDepth?.Validate(context);
        GradientClipping?.Validate(context);
        AdversarialTraining?.Validate(context);
        ManifoldMixup?.Validate(context);
        SharpnessAware?.Validate(context);
        RDrop?.Validate(context, Dropout, StochasticDepth);
        WeightAveraging?.Validate(context);
        Augmentations?.ValidateEach(context);
        context.CheckAtLeast(UnmixedEpochs, nameof(UnmixedEpochs), 0);
        EarlyStopping?.Validate(context);
        ValidateSchedules(context);
    }

    private void ValidateSchedules(IExceptionContext context)
    {
        StrengthSchedule.Validate(context, WeightDecaySchedule, nameof(WeightDecaySchedule));
        StrengthSchedule.Validate(context, LabelSmoothingSchedule, nameof(LabelSmoothingSchedule));
        StrengthSchedule.Validate(context, DropoutSchedule, nameof(DropoutSchedule));
        if (DropoutSchedule is not null && Dropout is { CanChangeRate: false })
        {
            throw context.ExceptUserArg(
                nameof(DropoutSchedule),
                $"DropoutSchedule changes the probability to drop from step to step, but Dropout is {Dropout}, which has one rate: leave DropoutSchedule out, or take StandardDropout.");
        }
    }

    /// <summary>Whether rows are mixed inside the network.</summary>
    internal bool MixesRows => ManifoldMixup is not null;

    /// <summary>The requirements of the active techniques on architecture, task and loss.</summary>
    internal IEnumerable<Demand> Demands()
    {
        if (LabelSmoothing != 0)
            yield return new Demand(nameof(LabelSmoothing), LabelSmoothing, Capabilities.Classes | Capabilities.MixedTargets);
        if (ConfidencePenalty is not null)
            yield return new Demand(nameof(ConfidencePenalty), ConfidencePenalty, Capabilities.Classes | Capabilities.EntropyTerm);
        if (Augmentations?.FirstOrDefault(augmentation => augmentation.SoftensLabels) is { } softening)
            yield return new Demand(nameof(Augmentations), softening.Name, Capabilities.MixedTargets);
        Demand?[] own = [RDrop?.Demand, StochasticDepth?.Demand, ManifoldMixup?.Demand, AdversarialTraining?.Demand];
        foreach (var demand in own.OfType<Demand>().Concat(Dropout?.Demands ?? []))
            yield return demand;
    }

    /// <summary>The active techniques in one line: <c>weight decay 0.05, dropout 0.2</c>; <c>none</c> for an empty recipe.</summary>
    public override string ToString()
    {
        object?[] members =
        [
            Words("weight decay", WeightDecay), Follows("weight decay", WeightDecaySchedule), Words("L2", L2), Words("L1", L1), PenalizeBiases ? "biases penalized" : null, Words("max-norm", MaxNorm),
            Words("label smoothing", LabelSmoothing), Follows("label smoothing", LabelSmoothingSchedule), Penalty, ConfidencePenalty, Dropout,
            Follows("dropout", DropoutSchedule), StochasticDepth, RDrop, GradientClipping, AdversarialTraining, ManifoldMixup,
            SharpnessAware, WeightAveraging, Augmentations is { Count: > 0 } ? Augmentations.Describe() : null,
            UnmixedEpochs > 0 ? $"unmixed epochs {UnmixedEpochs}" : null, EarlyStopping,
        ];
        var parts = members.OfType<object>().Select(member => $"{member}").ToList();
        return parts.Count == 0 ? "none" : string.Join(", ", parts);

        static string? Follows(string name, LearningRateSchedule? schedule) => schedule is null ? null : $"{name} by {schedule.GetType().Name}";

        static string? Words(string name, double? value) => value is null or 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{name} {value}");
    }
}
