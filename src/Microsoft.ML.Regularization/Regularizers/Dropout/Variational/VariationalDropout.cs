using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Variational dropout: while training, each weight of all linear layers, the output layer's too, is multiplied by a normal number of mean 1 and variance
/// alpha, and alpha is learned. The loss has one more term, <c>KlWeight / N * KL</c> for N training rows: the divergence from a log-uniform prior, which is
/// the smaller the larger alpha is (Kingma, Salimans and Welling, "Variational dropout and the local reparameterization trick", 2015; Molchanov, Ashukha and
/// Vetrov, "Variational dropout sparsifies deep neural networks", 2017, eq. 14). Weights that the data does not need are dominated by noise and are 0 in the
/// model.
/// </summary>
/// <remarks>
/// The noise is drawn on each unit's input, not on each weight, which is the same in distribution and has gradients of less variance. Rates are learned at
/// the trainer's learning rate and without weight decay: the logarithm of a rate has to rise by about five before it prunes, so steps must be many or large,
/// and a schedule that ends with small steps lets the weights settle. They are saved with the model, as <c>log_variance</c> or <c>log_alpha</c> beside each
/// <c>weight</c>.
/// </remarks>
[UnionCase("variational")]
public sealed record VariationalDropout : Dropout
{
    /// <summary>Which weights share a rate. Default: <see cref="VariationalRates.Weight"/>.</summary>
    public VariationalRates Rates { get; init; }

    /// <summary>
    /// The weight of the divergence: at least 0 (training removes the noise, as it only increases the loss); 1 is the variational bound, and more prunes
    /// weights that contribute little on the training rows. Default: 1.
    /// </summary>
    public double KlWeight { get; init; } = 1;

    /// <summary>
    /// Epochs over which the divergence's weight rises from 0 to <see cref="KlWeight"/>, linearly step by step, so that weights can become useful before the
    /// others are pruned. At least 0 (the full weight from the first step). Default: 10.
    /// </summary>
    public int WarmUpEpochs { get; init; } = 10;

    /// <summary>
    /// The logarithm of alpha above which a weight is exactly 0 outside of training: at least 0 (noise as large as the weight prunes it); a large value
    /// prunes nothing. 3, as in Molchanov et al., is a noise variance of twenty times the weight's square. Default: 3.
    /// </summary>
    public double PruneThreshold { get; init; } = 3;

    /// <summary>
    /// The alpha that training starts at, above 0 (almost no noise): with rates by weight the variance of the noise over the mean square of the layer's
    /// initial weights. Default: 0.1.
    /// </summary>
    public double InitialAlpha { get; init; } = 0.1;

    internal override bool IsNoise => true;

    internal override bool IsOnWeights => true;

    internal override IEnumerable<Demand> Demands =>
    [
        .. base.Demands,
        Demand(Capabilities.LinearLayers, "learns rates of linear layers", "take StandardDropout or GaussianDropout, or SpatialDropout of feature maps"),
    ];

    internal override void Validate(IExceptionContext context)
    {
        context.CheckDefined(Rates, OptionName(nameof(Rates)));
        context.CheckAtLeast(KlWeight, OptionName(nameof(KlWeight)), 0);
        context.CheckAtLeast(WarmUpEpochs, OptionName(nameof(WarmUpEpochs)), 0);
        context.CheckAtLeast(PruneThreshold, OptionName(nameof(PruneThreshold)), 0);
        context.CheckAbove(InitialAlpha, OptionName(nameof(InitialAlpha)), 0);
    }

    internal override nn.Module<Tensor, Tensor>? LinearLayer(InitialLinear initial, NoiseSource source) =>
        new VariationalLayer(initial.Weight, initial.Bias, initial.MeanSquare, this, source.NextKey(), source.Clock);

    internal override IEnumerable<(string Name, long[] Shape)> TensorsOfLinearLayer(long inputs, long outputs) => Rates switch
    {
        VariationalRates.Weight => [(VariationalLayer.LogVariance, [outputs, inputs])],
        VariationalRates.Neuron => [(VariationalLayer.LogAlpha, [inputs])],
        _ => [(VariationalLayer.LogAlpha, [1])],
    };

    // By the rates that were learned, of the weights that are left.
    internal override float[]? VarianceOf(TrainedLinear layer)
    {
        var logVariance = layer.Learned.Find($"{layer.Name}.{VariationalLayer.LogVariance}")?.Values;
        var logAlpha = layer.Learned.Find($"{layer.Name}.{VariationalLayer.LogAlpha}")?.Values;
        var inputs = (int)layer.Learned.Find(layer.Name + ".weight")!.Shape[1];
        var variance = new float[layer.Weight.Length];
        for (var i = 0; i < variance.Length; i++)
        {
            var weight = layer.Weight[i];
            if (weight == 0)
                continue;

            var fold = layer.Fold?[i / inputs] ?? 1;
            variance[i] = logVariance is { } byWeight
                ? MathF.Exp(byWeight.Span[i]) * fold * fold
                : MathF.Exp(logAlpha!.Value.Span[logAlpha.Value.Length == 1 ? 0 : i % inputs]) * weight * weight;
        }

        return variance;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"variational dropout (a rate by {Rates.ToString().ToLowerInvariant()} from {InitialAlpha}, "
        + $"KL {KlWeight} after {WarmUpEpochs} epochs, pruned above {PruneThreshold})");
}
