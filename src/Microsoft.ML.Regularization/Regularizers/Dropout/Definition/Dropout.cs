using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The noise that is applied to a network during training: on the outputs of each hidden layer (<see cref="StandardDropout"/>, <see cref="GaussianDropout"/>,
/// <see cref="AlphaDropout"/>, <see cref="SpatialDropout"/>), or on weights (<see cref="DropConnect"/>, <see cref="VariationalDropout"/>). A number converts
/// to <see cref="StandardDropout"/>: <c>Dropout = 0.2</c>.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record Dropout
{
    private protected Dropout()
    {
    }

    /// <summary>Whether a draw can change anything.</summary>
    internal abstract bool IsNoise { get; }

    /// <summary>Whether it is noise on all weights, those of inputs that are 0 too.</summary>
    internal virtual bool IsOnWeights => false;

    /// <summary>Whether the rows of a batch have draws of their own.</summary>
    internal virtual bool DiffersByRow => true;

    /// <summary>Whether its layers can draw with another rate in each step: see <see cref="TrainingClock.DropoutFactor"/>.</summary>
    internal virtual bool CanChangeRate => false;

    /// <summary>Its requirements on the network.</summary>
    internal virtual IEnumerable<Demand> Demands =>
        [Demand(Capabilities.NoisyLayers, "lies on layers that the recipe makes", "leave Dropout out")];

    internal abstract void Validate(IExceptionContext context);

    /// <summary>The noise layer after a hidden layer while training; null for noise that is applied elsewhere.</summary>
    /// <param name="source">Gives the layer its key.</param>
    /// <param name="shared">Dimensions along which units share their noise: those of a sequence's steps, or of a feature map's places.</param>
    internal virtual nn.Module<Tensor, Tensor>? LayerBehind(NoiseSource source, params int[] shared) => null;

    /// <summary>The same after maps (batch, channels, height, width): noise of units is drawn for each position by itself.</summary>
    internal virtual nn.Module<Tensor, Tensor>? LayerBehindMaps(NoiseSource source) => LayerBehind(source);

    /// <summary>A linear layer with noise on its weights; null where they have none.</summary>
    /// <param name="initial">The initial weights of the layer.</param>
    /// <param name="source">Gives the layer its key.</param>
    internal virtual nn.Module<Tensor, Tensor>? LinearLayer(InitialLinear initial, NoiseSource source) => null;

    /// <summary>
    /// The names (as suffixes of the layer's name) and shapes of the tensors that <see cref="LinearLayer"/> has in addition to weight and bias.
    /// </summary>
    internal virtual IEnumerable<(string Name, long[] Shape)> TensorsOfLinearLayer(long inputs, long outputs) => [];

    /// <summary>The mask, while training, of weights that all rows of a batch share; null for none.</summary>
    internal virtual WeightMask? Mask(NoiseSource source) => null;

    /// <summary>
    /// Noise after a hidden layer in one pass of Monte Carlo prediction, the same as while training; null for noise that is applied elsewhere.
    /// </summary>
    /// <param name="units">Units of the layer.</param>
    /// <param name="key">Of the layer.</param>
    /// <param name="pass">Of the prediction.</param>
    internal virtual LayerNoise? NoiseBehind(int units, RandomKey key, ulong pass) => null;

    /// <summary>The variance (out, in) of each weight of a trained linear layer; null where weights are not random.</summary>
    internal virtual float[]? VarianceOf(TrainedLinear layer) => null;

    /// <summary>The same for hidden layers that score with the expectation of their units over the noise; null where networks score without noise.</summary>
    internal virtual float[]? ScoringVariance(ReadOnlySpan<float> weight) => null;

    /// <summary>Standard dropout with the given probability to drop; 0 means none.</summary>
    /// <param name="dropProbability">Probability to drop a unit, at least 0 (none) and below 1.</param>
    public static implicit operator Dropout?(double dropProbability) => FromDouble(dropProbability);

    /// <summary>Standard dropout with the given probability to drop; 0 means none.</summary>
    /// <param name="dropProbability">Probability to drop a unit, at least 0 (none) and below 1.</param>
    public static Dropout? FromDouble(double dropProbability) => dropProbability == 0 ? null : new StandardDropout(dropProbability);

    /// <param name="needs">The capabilities that it needs.</param>
    /// <param name="because">Its use of these capabilities.</param>
    /// <param name="remedy">Advice if a capability is missing.</param>
    /// <param name="member">The member that asks for it; null where the kind itself does.</param>
    private protected Demand Demand(Capabilities needs, string because, string remedy, string? member = null) => new(
        nameof(Dropout), $"{GetType().Name}{(member is null ? "" : "." + member)} ({this})", needs, because, remedy);

    private protected static string OptionName(string member) => $"{nameof(Dropout)}.{member}";
}
