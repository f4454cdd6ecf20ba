namespace Microsoft.ML.Regularization.Export;

/// <summary>The mean of the probabilities of several networks, computed from logarithms, as scoring does it.</summary>
internal static class ProbabilityMeanForm
{
    /// <param name="graph">Where it is written.</param>
    /// <param name="outputs">(rows, networks, outputs): logits of classes, or one of true.</param>
    /// <param name="width">Outputs of a network.</param>
    /// <param name="shares">How much each network counts; one for all where they count alike.</param>
    /// <returns>(rows, outputs): the logarithms of probabilities, or their log-odds.</returns>
    public static string Of(OnnxGraph graph, string outputs, int width, params double[] shares)
    {
        var logShares = graph.Constant([.. shares.Select(share => (float)Math.Log(share))], shares.Length, 1);
        if (width > 1)
            return Mean(graph.Difference(outputs, graph.LogSumExp(outputs, keeps: true, 2)));
        return graph.Difference(Mean(graph.LogSigmoid(outputs)), Mean(graph.LogSigmoid(graph.Add("Neg", outputs))));

        string Mean(string logarithms) => graph.LogSumExp(graph.Sum(logarithms, logShares), keeps: false, 1);
    }
}
