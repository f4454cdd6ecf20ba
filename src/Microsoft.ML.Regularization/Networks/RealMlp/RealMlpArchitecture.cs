using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The network of RealMLP (Holzmüller, Grinsztajn and Steinwart, "Better by default: strong pre-tuned MLPs and boosted trees on tabular data", 2024), whose
/// parts and settings were tuned on many tables at once. Each number x becomes <c>(x, W2 cos(2 pi w1 x + b1) + b2)</c>, 4 numbers through 16 frequencies (periodic,
/// bias, linear, densely connected), but one of two values stays itself, as -1 and 1 (see <see cref="Regularization.NumericalEmbedding"/>); each category of at most 8 values its one-hot code, of two values -1 or 1, with 0 for a missing one, scaled as numbers are
/// (<see cref="ScalesCategories"/>), and of more values a learned vector of 8 numbers, which starts normal; a learned factor for each of all these; then for each hidden layer linear, activation, dropout; then linear to the outputs.
/// </summary>
/// <remarks>
/// <para>
/// Linear layers compute <c>W x / sqrt(in) + b</c> from normal weights of variance 1 (the neural tangent parametrization). Biases, the numbers' embedding and
/// the activations' mixing learn at a tenth of the learning rate and the factors at six times the learning rate: they are kept divided by these ratios, which
/// for Adam is the same. Decay follows their own rates times their own rates: 36 times that of the weights for the factors (<see cref="ScaleDecay"/>), a hundredth
/// for embedding and mixing, none for biases. Each unit's activation is <c>x + a (f(x) - x)</c> with a learned a that starts at 1. Targets are standardized.
/// </para>
/// <para>
/// Options that are left null take the paper's settings. <see cref="NeuralNetworkOptions.Optimizer"/>: Adam with beta2 0.95.
/// <see cref="NeuralNetworkOptions.LearningRate"/>: 0.04 for classes and 0.2 for numbers. <see cref="NeuralNetworkOptions.Schedule"/>:
/// <see cref="LogCosineSchedule"/>. <see cref="NeuralNetworkOptions.BatchSize"/> and <see cref="NeuralNetworkOptions.MaxEpochs"/>: 256; for numbers,
/// batches of 128 below 2,048 training rows and of 64 below 1,024, which the paper does not have.
/// <see cref="NeuralNetworkOptions.InputScaling"/>: <see cref="InputScaling.RobustSmoothClip"/>. <see cref="NeuralNetworkOptions.Recipe"/>: dropout 0.15
/// and weight decay 0.02, both constant for half of the run and then falling by a cosine to 0 (<see cref="FlatThenCosineSchedule"/>), for classes label smoothing 0.1 (none with a loss that is defined for hard labels only), and the weights of the best epoch of all, by
/// accuracy (by the loss where a class has less than a fifth of the rows that an even share would be) or by the root of the mean squared error, of equal ones the
/// last. <see cref="NeuralNetworkOptions.DropsLastBatch"/>: true.
/// </para>
/// <para>
/// Parameters: for each number of more than two values 83; for each category of n values 0 up to 8 and <c>8 (n + 1)</c> beyond; for the width w of what they become w; for each hidden
/// layer <c>in * out + 2 * out</c>; <c>in * out + out</c> for the outputs.
/// </para>
/// <para>
/// Before training, layer by layer, the weights of each unit are divided by the standard deviation of its weighted sums over the training rows, and its bias
/// becomes the negative of a mean of five of these sums, drawn at random with random weights: see <see cref="InitializesFromData"/>.
/// </para>
/// <para>
/// The predictions of a regression stay between the least and the greatest target of the training rows.
/// </para>
/// <para>
/// There are networks that are a little more accurate, such as TabM, which trains 32 networks that share most of their weights; this one costs a thirtieth of
/// that on a processor of a few cores.
/// </para>
/// </remarks>
[UnionCase("RealMlp")]
public sealed record RealMlpArchitecture : NetworkArchitecture
{
    /// <summary>Units of each hidden layer, from input to output, each from 1 to 65536, at least one layer. Default: 256, 256, 256.</summary>
    public ValueList<int> HiddenSizes { get; init; } = [256, 256, 256];

    /// <summary>
    /// The activation that the units mix with the identity. Default: null, the paper's choice: <see cref="Regularization.Activation.SELU"/> for classes and
    /// <see cref="Regularization.Activation.Mish"/> for numbers.
    /// </summary>
    public Activation? Activation { get; init; }

    /// <summary>
    /// Whether numbers are embedded. Without embedding, the learned factors apply to the numbers directly, which is faster but gives up what helps most on
    /// irregular functions. Default: true.
    /// </summary>
    public bool EmbedsNumbers { get; init; } = true;

    /// <summary>
    /// Standard deviation of the initial frequencies w1, from 0.001 to 100: small values capture the broad trend of a number, large values its details, and
    /// overfit. Default: 0.1.
    /// </summary>
    public double FrequencyDeviation { get; init; } = 0.1;

    /// <summary>
    /// The weight decay of the learned factors in front of the first hidden layer, as a multiple of <see cref="RegularizationRecipe.WeightDecay"/>: at least 0
    /// (they are not decayed), and the more the fewer inputs stay; <c>LearningRate * WeightDecay * ScaleDecay</c> must be below 1. Default: 36, the square of the
    /// ratio of their learning rate, as published.
    /// </summary>
    public double ScaleDecay { get; init; } = ScaleLayer.Rate * ScaleLayer.Rate;

    /// <summary>
    /// Whether each layer's initial weights and biases are fitted to training rows, at most 65,536 of them, before the first step (true), or drawn from
    /// distributions that fit standardized inputs (false). Training on from a model takes its weights either way. Default: true.
    /// </summary>
    public bool InitializesFromData { get; init; } = true;

    /// <summary>
    /// Whether the one-hot codes of categories are scaled as numbers are, by median, quartiles and smooth clip over the training rows, where these are
    /// (<see cref="NeuralNetworkOptions.InputScaling"/>): the code of the most frequent value is then the origin, and rare values lie apart (true); or stay 0 and 1
    /// (false). Default: true.
    /// </summary>
    public bool ScalesCategories { get; init; } = true;

    /// <summary>
    /// What each number becomes. Default: null, the paper's choice, which <see cref="EmbedsNumbers"/> and <see cref="FrequencyDeviation"/> vary; neither has
    /// an effect where it is set. Its weights learn at a tenth of the learning rate.
    /// </summary>
    public NumericalEmbedding? NumericalEmbedding { get; init; }

    /// <inheritdoc/>
    internal override NumericalEmbedding? UsedEmbedding =>
        NumericalEmbedding ?? (EmbedsNumbers ? new PeriodicEmbedding { FrequencyDeviation = FrequencyDeviation } : null);

    internal override NetworkInputs Takes => NetworkInputs.Numbers | NetworkInputs.Categories;

    internal override Capabilities Offers => Capabilities.NoisyLayers | Capabilities.MovableInputs | Capabilities.MixableStates;

    internal override double GreatestDecayFactor => Math.Max(1, ScaleDecay);

    internal override bool InitializesFromRows => InitializesFromData || ScalesCategories;

    /// <summary>The function that hidden units mix with the identity.</summary>
    internal Activation HiddenFunction => Activation ?? Regularization.Activation.SELU;

    internal override int TeamThreads => FewThreads;

    internal override bool NeedsTwoRowsPerBatch => false;

    internal override TrainingDefaults DefaultsFor(bool hasClasses) => RealMlpDefaults.Of(hasClasses);

    internal override NetworkArchitecture ForTask(bool hasClasses) =>
        Activation is null ? this with { Activation = hasClasses ? Regularization.Activation.SELU : Regularization.Activation.Mish } : this;

    /// <summary>The embedded input, and what each hidden layer gives.</summary>
    internal override int MixableStates => HiddenSizes.Count + 1;

    /// <inheritdoc/>
    public override string ToString() =>
        $"RealMlp({HiddenSizes})" + (Activation is null ? "" : $", {Activation}")
        + (NumericalEmbedding is not null ? NumericalEmbedding.Words(NumericalEmbedding) : !EmbedsNumbers ? ", plain numbers"
            : FrequencyDeviation.Equals(0.1) ? "" : string.Create(CultureInfo.InvariantCulture, $", frequencies of deviation {FrequencyDeviation}"))
        + (ScaleDecay == 36 ? "" : string.Create(CultureInfo.InvariantCulture, $", scale decay {ScaleDecay}"))
        + (InitializesFromData ? "" : ", not initialized from data") + (ScalesCategories ? "" : ", plain codes");

    internal override void Validate(IExceptionContext context)
    {
        if (HiddenSizes is not { Count: > 0 })
            throw context.ExceptUserArg(nameof(HiddenSizes), "HiddenSizes must name at least one layer.");
        for (var layer = 0; layer < HiddenSizes.Count; layer++)
            context.CheckBetween(HiddenSizes[layer], $"{nameof(HiddenSizes)}[{layer}]", 1, 65536);
        if (Activation is { } activation)
            context.CheckDefined(activation, nameof(Activation));
        context.CheckBetween(FrequencyDeviation, nameof(FrequencyDeviation), 0.001, 100);
        context.CheckAtLeast(ScaleDecay, nameof(ScaleDecay), 0);
        NumericalEmbedding?.Validate(context);
    }

    private protected override string Lack(Capabilities missing) => missing switch
    {
        Capabilities.MaskedWeights or Capabilities.LinearLayers => "whose linear layers have no noise on weights",
        Capabilities.SeluActivation => "whose units mix their activation with the identity",
        _ => base.Lack(missing),
    };

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        tensors.Categories(RealMlpNetwork.TablesOf(input));
        tensors.Layers(Describe(input, outputs));
    }

    internal override bool ScoresInManagedCode => true;

    internal override IReadOnlyList<LayerDescription> Describe(InputLayout input, int outputs) => RealMlpLayers.Describe(this, input, outputs);

    internal override INetworkScorer CreateScorer(TrainedParts parts) => RealMlpLayers.Scorer(this, parts);

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckMemory(nameof(HiddenSizes), input, outputs);
        return new RealMlpNetwork(this, input, outputs, builder);
    }

    internal override double WeightsOf(InputLayout input, double outputs)
    {
        double[] widths = [RealMlpNetwork.WidthOf(this, input), .. HiddenSizes, outputs];
        return NumericalEmbedding.WeightsOf(UsedEmbedding, input) + input.KeyValues.Sum(values => RealMlpNetwork.EmbeddingWeightsOf(values)) + widths.Zip(widths.Skip(1)).Sum(layer => layer.First * layer.Second);
    }

    internal override (double Input, double Hidden, double Widest) UnitsOf(InputLayout input)
    {
        var width = RealMlpNetwork.WidthOf(this, input);
        return (width, HiddenSizes.Sum(), Math.Max(width, HiddenSizes.Max()));
    }

    internal override double TableWeights(double values) => RealMlpNetwork.EmbeddingWeightsOf(values);
}
