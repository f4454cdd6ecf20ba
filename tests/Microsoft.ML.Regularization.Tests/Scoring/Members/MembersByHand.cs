using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring.Members;

/// <summary>What the members of a model predict for a row, computed from each member by itself, with the formulas of the pages in double precision.</summary>
internal static class MembersByHand
{
    private static readonly MLContext Ml = new();

    /// <summary>Each member's prediction and its share in the mean.</summary>
    public static List<(double Share, double[] Prediction)> Of(TrainedNetwork model, float[] row) => model.IsEnsemble
        ? [.. model.Members.Zip(model.Shares, (member, share) => (share, Prediction(model, member, Outputs(member, row))))]
        : [.. Enumerable.Range(0, model.Architecture.MemberCount).Select(member =>
            (1.0 / model.Architecture.MemberCount, Prediction(model, model, Outputs(Alone(model, member), row))))];

    /// <summary>The root of the mean squared difference from the mean, by shares.</summary>
    public static double[] Deviation(List<(double Share, double[] Prediction)> members) =>
        [.. Enumerable.Range(0, members[0].Prediction.Length).Select(output =>
        {
            var mean = members.Sum(member => member.Share * member.Prediction[output]);
            return Math.Sqrt(members.Sum(member => member.Share * Math.Pow(member.Prediction[output] - mean, 2)));
        })];

    /// <summary>A TabM of nothing but one of another's members.</summary>
    public static TrainedNetwork Alone(TrainedNetwork model, int member)
    {
        var architecture = (TabMArchitecture)model.Architecture;
        var weights = new NetworkWeights([.. model.Weights.Select(tensor =>
            tensor.Name is not ("members.factor" or "output.weight" or "output.bias") ? tensor : Part(tensor, architecture.Members, member))]);
        return new TrainedNetwork(
            Ml, model.Task, architecture with { Members = 1 }, model.Recipe, SmallNetwork.Record, model.Input, model.Outputs,
            new TrainingOutcome(weights, model.History, model.Outcome.InputScaler, model.Outcome.TargetScale) { Imputation = model.Outcome.Imputation, Flags = model.Outcome.Flags }, model.Keys);
    }

    /// <summary>A prediction from outputs, in units and calibration of the model.</summary>
    public static double[] Prediction(TrainedNetwork model, TrainedNetwork member, float[] outputs)
    {
        if (member.Outcome.TargetScale is { } scale)
        {
            var number = outputs[0] * scale.Deviation + scale.Mean;
            return [Math.Clamp(number, scale.Least ?? double.MinValue, scale.Greatest ?? double.MaxValue)];
        }

        var calibration = model.History.Calibration;
        double[] logits = outputs.Length == 1 ? [0, outputs[0]] : [.. outputs.Select(output => (double)output)];
        var powers = logits.Select(logit => Math.Exp((logit - logits.Max()) / (calibration?.Temperature ?? 1))).ToArray();
        var share = calibration?.UniformShare ?? 0;
        var probabilities = powers.Select(power => (1 - share) * power / powers.Sum() + share / powers.Length).ToArray();
        return outputs.Length == 1 ? [probabilities[1]] : probabilities;
    }

    /// <summary>A network's own outputs, with missing numbers filled in.</summary>
    public static float[] Outputs(TrainedNetwork network, float[] row)
    {
        var filled = row;
        if (network.Outcome.Imputation is { } imputation)
        {
            filled = new float[network.FilledInput.Width];
            imputation.Apply(row, filled);
        }

        var outputs = new float[network.Outputs];
        network.Scorer.Score(filled, 1, outputs);
        return outputs;
    }

    private static NetworkTensor Part(NetworkTensor tensor, int members, int member)
    {
        var size = tensor.Values.Length / members;
        return tensor with { Shape = [tensor.Shape[0] / members, .. tensor.Shape.Skip(1)], Values = tensor.Values.Slice(member * size, size) };
    }
}
