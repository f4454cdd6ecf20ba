using System.Collections.Immutable;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The network of RealMLP (Holzmüller, Grinsztajn and Steinwart, "Better by default: strong pre-tuned MLPs and boosted trees on tabular data", 2024), whose
/// parts and settings were tuned on many tables at once. Each number x becomes <c>(x, W2 cos(2 pi w1 x + b1) + b2)</c>, 4 numbers through 16 frequencies (periodic,
/// bias, linear, densely connected); each category of at most 8 values its one-hot code, of two values -1 or 1, with 0 for a missing one, and of more values a
/// learned vector of 8 numbers; a learned factor for each of all these; then for each hidden layer linear, activation, dropout; then linear to the outputs.
/// </summary>
/// <remarks>
/// <para>
/// Linear layers compute <c>W x / sqrt(in) + b</c> from normal weights of variance 1 (the neural tangent parametrization), for which Adam needs large
/// learning rates: set <see cref="NeuralNetworkOptions.LearningRate"/> to 0.04 for classes and 0.2 for numbers, with a schedule that falls to 0, such as
/// <see cref="CosineSchedule"/>, a batch size of 256 and 256 epochs, as the paper has it. Biases, the numbers' embedding and the activations'
/// mixing learn at a tenth of the rate and the factors at its sixfold: they are kept divided by these ratios, which for Adam is the same. Each unit's activation
/// is <c>x + a (f(x) - x)</c> with a learned a that starts at 1. The recipe of the paper: <c>Dropout = 0.15</c>, <c>LabelSmoothing = 0.1</c> for classes,
/// <c>WeightDecay = 0.02</c>. Its scaling of the features is the trainers' default, <see cref="InputScaling.RobustSmoothClip"/>, and targets are standardized.
/// </para>
/// <para>
/// Parameters: for each number 83; for each category of n values 0 up to 8 and <c>8 (n + 1)</c> beyond; for the width w of what they become w; for each hidden
/// layer <c>in * out + 2 * out</c>; <c>in * out + out</c> for the outputs.
/// </para>
/// <para>
/// Deviations: initial weights are not rescaled by the training rows, and biases are drawn with the variance 1/3 that the paper's draw from the rows would give
/// standardized units; a regression's outputs are not clamped; the embedding of numbers is not decayed; the paper's schedule of four waves, and its decline of
/// dropout and decay, are left to the options; Adam keeps its usual beta2.
/// </para>
/// <para>
/// There are networks that are a little more accurate, such as TabM, which trains 32 networks that share most of their weights; this one costs a thirtieth of
/// that on a processor of a few cores.
/// </para>
/// </remarks>
public sealed record RealMlpArchitecture : NetworkArchitecture
{
    /// <summary>Units of each hidden layer, from input to output, each from 1 to 65536, at least one layer. Default: 256, 256, 256.</summary>
    public ImmutableArray<int> HiddenSizes { get; init; } = [256, 256, 256];

    /// <summary>
    /// What the units mix with the identity. Default: <see cref="Activation.SELU"/>, the paper's choice for classes; for numbers it is
    /// <see cref="Activation.Mish"/>.
    /// </summary>
    public Activation Activation { get; init; } = Activation.SELU;

    /// <summary>
    /// Whether numbers are embedded; without, they come to the factors as they are, which is faster and leaves out what helps most on irregular functions.
    /// Default: true.
    /// </summary>
    public bool EmbedsNumbers { get; init; } = true;

    /// <summary>
    /// Standard deviation of the initial frequencies w1, from 0.001 to 100: small ones see a number's broad course, large ones its details, and overfit.
    /// Default: 0.1.
    /// </summary>
    public double FrequencyDeviation { get; init; } = 0.1;

    internal override NetworkInputs Takes => NetworkInputs.Numbers | NetworkInputs.Categories;

    internal override Capabilities Offers => Capabilities.NoisyLayers | Capabilities.MovableInputs | Capabilities.MixableStates;

    internal override int TeamThreads => FewThreads;

    internal override bool NeedsTwoRowsPerBatch => false;

    /// <summary>The embedded input, and what each hidden layer gives.</summary>
    internal override int MixableStates => HiddenSizes.Length + 1;

    /// <summary>Whether both have the same layers.</summary>
    /// <param name="other">The architecture to compare with.</param>
    public bool Equals(RealMlpArchitecture? other) =>
        other is not null && Activation == other.Activation && EmbedsNumbers == other.EmbedsNumbers && FrequencyDeviation.Equals(other.FrequencyDeviation)
        && HiddenSizes.AsSpan().SequenceEqual(other.HiddenSizes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = HashCode.Combine(Activation, EmbedsNumbers, FrequencyDeviation);
        foreach (var size in HiddenSizes.AsSpan())
            hash = HashCode.Combine(hash, size);
        return hash;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"RealMlp({string.Join(", ", HiddenSizes.AsSpan().ToArray())}), {Activation}" + (EmbedsNumbers ? "" : ", plain numbers");

    internal override void Validate(IExceptionContext context)
    {
        if (HiddenSizes.IsDefaultOrEmpty)
            throw context.ExceptUserArg(nameof(HiddenSizes), "HiddenSizes must name at least one layer.");
        for (var layer = 0; layer < HiddenSizes.Length; layer++)
            context.CheckBetween(HiddenSizes[layer], $"{nameof(HiddenSizes)}[{layer}]", 1, 65536);
        context.CheckDefined(Activation, nameof(Activation));
        context.CheckBetween(FrequencyDeviation, nameof(FrequencyDeviation), 0.001, 100);
    }

    private protected override string Lack(Capabilities missing) => missing switch
    {
        Capabilities.MaskedWeights or Capabilities.LinearLayers => "whose linear layers have no noise on weights",
        Capabilities.SeluActivation => "whose units mix their activation with the identity",
        _ => base.Lack(missing),
    };

    internal override void ListTensors(TensorList tensors, InputLayout input, int outputs)
    {
        if (EmbedsNumbers && input.Numbers > 0)
            PeriodicEmbeddingLayer.List(tensors, "numbers", input.Numbers);
        RealMlpNetwork.ListTables(tensors, input);
        long width = RealMlpNetwork.WidthOf(this, input);
        tensors.Add("scale.factor", width);
        foreach (var (layer, size) in HiddenSizes.Index())
        {
            ListTangent($"hidden.{layer}.linear", size);
            tensors.Add($"hidden.{layer}.activation.mixing", size);
            width = size;
        }

        ListTangent("output", outputs);

        void ListTangent(string name, long units)
        {
            tensors.Add(name + ".weight", units, width);
            tensors.Add(name + ".bias", units);
        }
    }

    internal override Network CreateNetwork(InputLayout input, int outputs, NetworkBuilder builder)
    {
        CheckMemory(nameof(HiddenSizes), input, outputs);
        return new RealMlpNetwork(this, input, outputs, builder);
    }

    internal override double WeightsOf(InputLayout input, double outputs)
    {
        double[] widths = [RealMlpNetwork.WidthOf(this, input), .. HiddenSizes, outputs];
        return input.KeyValues.Sum(values => RealMlpNetwork.EmbeddingWeightsOf(values)) + widths.Zip(widths.Skip(1)).Sum(layer => layer.First * layer.Second);
    }

    internal override double TableWeights(double values) => RealMlpNetwork.EmbeddingWeightsOf(values);
}
