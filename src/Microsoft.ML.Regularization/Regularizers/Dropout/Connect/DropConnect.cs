using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// DropConnect: while training, each weight of the hidden layers is zeroed with probability <see cref="DropProbability"/> and divided by
/// <c>1 - DropProbability</c> otherwise (Wan, Zeiler, Zhang, LeCun and Fergus, "Regularization of neural networks using DropConnect", 2013). The output layer
/// is not masked, as in the paper. Biases are not masked either, unlike in the paper. The division, which the paper leaves to scoring, makes the mean of a
/// weight the weight itself. In recurrent networks only the recurrent matrices are masked, with the same mask at all steps of a sequence (Merity, Keskar and
/// Socher, "Regularizing and optimizing LSTM language models", 2018).
/// </summary>
/// <param name="DropProbability">
/// Probability to drop a weight, at least 0 (nothing is dropped) and below 1 (almost nothing is left); 0.5 in the paper. Each weight is drawn with 16 random
/// bits.
/// </param>
[UnionCase("dropConnect")]
public sealed record DropConnect(double DropProbability) : Dropout
{
    /// <summary>
    /// Whether each row of a batch has its own mask, as in the paper. This draws as many masks as there are rows, so a step takes many times as long.
    /// Default: false, one mask for all rows of a batch.
    /// </summary>
    public bool PerExample { get; init; }

    /// <summary>How the trained network scores. Default: <see cref="DropConnectInference.Mean"/>.</summary>
    public DropConnectInference Inference { get; init; }

    /// <summary>The variance of a mask's elements, whose mean is 1.</summary>
    internal double MaskVariance => DropProbability / (1 - DropProbability);

    internal override bool IsNoise => DropProbability > 0;

    internal override bool IsOnWeights => true;

    internal override bool DiffersByRow => PerExample;

    internal override bool CanChangeRate => Inference == DropConnectInference.Mean;

    internal override IEnumerable<Demand> Demands
    {
        get
        {
            const string Remedy = "take StandardDropout or GaussianDropout, SpatialDropout of feature maps, or a DropConnect by batch that scores with mean weights";
            foreach (var demand in base.Demands)
                yield return demand;
            yield return Demand(Capabilities.MaskedWeights, "masks weights", "take StandardDropout or GaussianDropout");
            if (PerExample)
                yield return Demand(Capabilities.LinearLayers, "gives each row linear layers of its own", Remedy, nameof(PerExample));
            if (Inference == DropConnectInference.MomentMatched)
                yield return Demand(Capabilities.LinearLayers, "takes the units of a layer for independent", Remedy, nameof(DropConnectInference.MomentMatched));
        }
    }

    internal override void Validate(IExceptionContext context)
    {
        context.CheckFromZeroToBelowOne(DropProbability, OptionName(nameof(DropProbability)));
        context.CheckDefined(Inference, OptionName(nameof(Inference)));
    }

    internal override nn.Module<Tensor, Tensor>? LinearLayer(InitialLinear initial, NoiseSource source) =>
        initial.IsOutput ? null : new DropConnectLayer(initial.Weight, initial.Bias, this, source.NextKey(), source.Clock);

    internal override WeightMask? Mask(NoiseSource source) => new(DropProbability, source.NextKey(), source.Clock);

    internal override float[]? VarianceOf(TrainedLinear layer) => IsNoise && !layer.IsOutput ? MaskedVariance(layer.Weight) : null;

    internal override float[]? ScoringVariance(ReadOnlySpan<float> weight) =>
        Inference == DropConnectInference.MomentMatched ? MaskedVariance(weight) : null;

    private float[] MaskedVariance(ReadOnlySpan<float> weight)
    {
        var variance = new float[weight.Length];
        TensorPrimitives.Multiply(weight, weight, variance);
        TensorPrimitives.Multiply(variance, (float)MaskVariance, variance);
        return variance;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"DropConnect {DropProbability}")
        + (PerExample ? " per example" : "")
        + (Inference == DropConnectInference.MomentMatched ? " with matched moments" : "");
}
