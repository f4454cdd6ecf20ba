using Microsoft.ML.Regularization.Tests.Networks;

namespace Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo;

/// <summary>Small trained networks, and what Monte Carlo prediction and plain scoring give for a row.</summary>
internal static class SpreadNetworks
{
    public static readonly List<Example> Rows = Example.Clusters(60);

    public static TrainedNetwork Train(NetworkArchitecture architecture, LearningTask task, RegularizationRecipe recipe) =>
        ArchitectureProtocol.Trainer(architecture, task, recipe).Fit(new MLContext().Data.LoadFromEnumerable(Rows)).GetNeuralNetwork();

    public static (float[] Mean, float[] Deviation) Spread(MonteCarloPasses spread, TrainedNetwork network, Example row)
    {
        var (mean, deviation) = (new float[network.Outputs], new float[network.Outputs]);
        spread.Predict(row.Features, mean, deviation);
        return (mean, deviation);
    }

    public static float[] Scored(TrainedNetwork network, Example row)
    {
        var outputs = new float[network.Outputs];
        network.Scorer.Score(row.Features, outputs);
        network.Link.Apply(outputs);
        return outputs;
    }

    public static double[] Scaled(TrainedNetwork network, Example row)
    {
        var scaled = new float[row.Features.Length];
        network.Outcome.InputScaler!.Apply(row.Features, scaled);
        return [.. scaled.Select(value => (double)value)];
    }
}
