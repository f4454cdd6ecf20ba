using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Export;

/// <summary>From the outputs of a network, or of the mean of several, to what its task predicts.</summary>
/// <param name="graph">Where it is written.</param>
/// <param name="network">The network.</param>
internal sealed class ScoreForm(OnnxGraph graph, TrainedNetwork network)
{
    private readonly LearnedCalibration? _calibration = network.History.Calibration;

    /// <param name="outputs">(rows, outputs).</param>
    /// <param name="numbers">(rows, numbers) that the outputs were computed of; empty where there are none.</param>
    /// <returns>The columns, each with the value that it is.</returns>
    /// <exception cref="NotSupportedException">The task is not the library's own.</exception>
    public IEnumerable<(string Value, OnnxValue Column)> Of(string outputs, string numbers)
    {
        var columns = Of(outputs);
        if (numbers.Length == 0 || !network.Input.RefusesGaps)
            return columns;

        // A graph cannot refuse rows, and operators lose what is not a number on the way: 0 times such a number is none either.
        var gap = graph.Reduce("ReduceSum", graph.Product(numbers, graph.Scalar(0)), keeps: true, 1);
        return columns.Select(column => column.Column.Type == OnnxType.Single ? (graph.Sum(column.Value, gap), column.Column) : column);
    }

    private IEnumerable<(string Value, OnnxValue Column)> Of(string outputs) => network.Task switch
    {
        BinaryClassificationTask => OfBinary(outputs),
        MulticlassClassificationTask => OfClasses(outputs),
        RegressionTask => [(TargetForm.Of(graph, outputs, network.Outcome.TargetScale!), new OnnxValue(DefaultColumnNames.Score, OnnxType.Single, 1))],
        var other => throw new NotSupportedException($"The outputs of a network for {other.Name} cannot be exported to ONNX."),
    };

    private IEnumerable<(string Value, OnnxValue Column)> OfBinary(string output)
    {
        var logit = Calibrated(output);
        var probability = Mixed(graph.Add("Sigmoid", logit), 2);
        var score = logit;
        if (_calibration is { UniformShare: > 0 })
        {
            // The complement of its own, so that neither cancels.
            var complement = Mixed(graph.Add("Sigmoid", graph.Add("Neg", logit)), 2);
            score = graph.Difference(graph.Add("Log", probability), graph.Add("Log", complement));
        }

        yield return (score, new OnnxValue(DefaultColumnNames.Score, OnnxType.Single, 1));
        yield return (probability, new OnnxValue(DefaultColumnNames.Probability, OnnxType.Single, 1));
        yield return (graph.Add("Greater", [score, graph.Scalar(0)]), new OnnxValue(DefaultColumnNames.PredictedLabel, OnnxType.Boolean, 1));
    }

    private IEnumerable<(string Value, OnnxValue Column)> OfClasses(string outputs)
    {
        var probabilities = Mixed(graph.Add("Softmax", Calibrated(outputs), new OnnxAttribute("axis", 1L)), network.Outputs);
        var label = graph.Add("ArgMax", probabilities, new OnnxAttribute("axis", 1L), new OnnxAttribute("keepdims", 1L));
        yield return (probabilities, new OnnxValue(DefaultColumnNames.Score, OnnxType.Single, network.Outputs));
        yield return (label, new OnnxValue(DefaultColumnNames.PredictedLabel, OnnxType.Int64, 1));
    }

    private string Calibrated(string logits)
    {
        if (_calibration is not { } learned)
            return logits;
        var scaled = graph.Times(logits, 1 / learned.Temperature);
        return learned.Offsets is { } offsets ? graph.Sum(scaled, graph.Vector([.. offsets.Select(offset => (float)offset)])) : scaled;
    }

    private string Mixed(string probabilities, int classes) => _calibration is { UniformShare: > 0 and var share }
        ? graph.Sum(graph.Times(probabilities, 1 - share), graph.Scalar(share / Math.Max(2, classes)))
        : probabilities;
}
