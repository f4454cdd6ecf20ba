using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>
/// An export format as somebody would add it: a line of text for each step of a network whose layers are described. It asks nothing of an architecture but the
/// description of its layers.
/// </summary>
internal sealed class ToyExport(TrainedNetwork network)
{
    private const double Rate = PeriodicEmbeddingLayer.Rate;

    private readonly StringBuilder _lines = new();
    private readonly NetworkWeights _weights = network.Outcome.Weights;
    private readonly IReadOnlyList<LayerDescription> _layers = network.Architecture.Describe(network.FilledInput, network.Outputs)
        ?? throw new NotSupportedException($"{network.Architecture} does not describe its layers.");
    private int _blocks;

    /// <summary>The network, from the features to the raw outputs.</summary>
    public string Write()
    {
        if (network.Outcome.InputScaler is { } scaler)
        {
            Line("scale", scaler.Center, scaler.Factor);
            Line(scaler.Clips ? "squash" : "nothing");
        }

        Visit(_layers);
        return _lines.ToString();
    }

    private void Visit(IEnumerable<LayerDescription> layers)
    {
        foreach (var layer in layers)
        {
            switch (layer)
            {
                case LinearDescription linear:
                    Line("linear", Values(linear.Name + ".weight", linear.WeightFactor), Values(linear.Name + ".bias", linear.BiasFactor));
                    break;
                case NormalizationDescription { Normalization: Normalization.Batch } batch:
                    Line("batch", Values(batch.Name + ".weight"), Values(batch.Name + ".bias"), Values(batch.Name + ".running_mean"), Values(batch.Name + ".running_var"));
                    break;
                case NormalizationDescription { Normalization: Normalization.Layer } row:
                    Line("layer", Values(row.Name + ".weight"), Values(row.Name + ".bias"));
                    break;
                case ScaleDescription scale:
                    Line("scale", new float[scale.Units], Values(scale.Name + ".factor", scale.Factor));
                    break;
                case FlagsDescription flags:
                    Line("last", [.. flags.Flags.Select(place => (float)place)]);
                    break;
                case PeriodicDescription { Name: var name }:
                    Line("waves", Values(name + ".frequency", Rate), Values(name + ".phase", Rate), Values(name + ".mixing", Rate), Values(name + ".shift", Rate));
                    break;
                case ParametricActivationDescription activation:
                    Line("begin");
                    Line(activation.Activation.ToString());
                    Line("mix", Values(activation.Name + ".mixing", activation.Factor));
                    break;
                case ActivationDescription activation:
                    Line(activation.Activation.ToString());
                    break;
                case ResidualDescription residual:
                    var depth = network.Recipe.StochasticDepth;
                    var factor = depth?.ScoringFactor(depth.SurvivalOf(_blocks++, _layers.OfType<ResidualDescription>().Count())) ?? 1;
                    Line("begin");
                    Visit(residual.Branch);
                    Line("add", [factor]);
                    break;
                case NoiseDescription:
                    break;
                default:
                    throw new NotSupportedException($"There is no word for {layer}.");
            }
        }
    }

    private float[] Values(string name, double factor = 1) => Array.ConvertAll(_weights.Find(name)!.Values.ToArray(), value => (float)(value * factor));

    private void Line(string word, params float[][] numbers) =>
        _lines.AppendJoin(' ', [word, .. numbers.Select(list => string.Join(',', list.Select(number => number.ToString("R", CultureInfo.InvariantCulture))))]).Append('\n');
}
