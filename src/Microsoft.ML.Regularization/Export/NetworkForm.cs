using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Export;

/// <summary>Writes a network, or several that predict together: from rows to outputs.</summary>
internal static class NetworkForm
{
    /// <returns>(rows, outputs), as scoring has them before they become predictions.</returns>
    /// <exception cref="NotSupportedException">A part of the network cannot be exported; the message names the layer or the option.</exception>
    public static string Of(OnnxGraph graph, TrainedNetwork network, GraphRows rows) =>
        network.IsEnsemble ? OfMean(graph, network, rows) : OfOne(graph, network, rows);

    private static string OfOne(OnnxGraph graph, TrainedNetwork network, GraphRows rows)
    {
        var layers = LayersOf(network);
        var numbers = rows.Numbers;
        if (network.Outcome.Imputation is { } imputation)
            numbers = ImputationForm.Of(graph, numbers, imputation);
        if (network.Outcome.InputScaler is { } scaler)
            numbers = ScalingForm.Of(graph, numbers, scaler);
        var written = new LayerGraph(graph, network.Parts, layers, LayerForms.ByLayer) { Value = numbers, Keys = rows.Keys };
        written.Append(layers);
        return written.Value;
    }

    private static IReadOnlyList<Networks.LayerDescription> LayersOf(TrainedNetwork network)
    {
        if (network.Recipe.Dropout is DropConnect { Inference: DropConnectInference.MomentMatched } dropout)
        {
            throw new NotSupportedException(
                $"Dropout is {dropout}, whose expectations over the noise have no operator in ONNX: train with "
                + $"{nameof(DropConnectInference)}.{nameof(DropConnectInference.Mean)}.");
        }

        return network.Architecture.Describe(network.FilledInput, network.Outputs)
            ?? throw new NotSupportedException($"Architecture is {network.Architecture}, whose layers are not known to the library and cannot be exported to ONNX.");
    }

    private static string OfMean(OnnxGraph graph, TrainedNetwork network, GraphRows rows)
    {
        var outputs = network.Members.Select(member => OfOne(graph, member, rows)).ToArray();
        if (network.Task is ClassificationTask)
        {
            var all = graph.Concat(1, outputs.Select(output => graph.Reshape(output, 0, 1, network.Outputs)));
            return ProbabilityMeanForm.Of(graph, all, network.Outputs, [.. network.Shares]);
        }

        var sum = "";
        foreach (var (member, output) in outputs.Index())
        {
            var share = graph.Times(TargetForm.Of(graph, output, network.Members[member].Outcome.TargetScale!), network.Shares[member]);
            sum = member == 0 ? share : graph.Sum(sum, share);
        }

        return sum;
    }
}
