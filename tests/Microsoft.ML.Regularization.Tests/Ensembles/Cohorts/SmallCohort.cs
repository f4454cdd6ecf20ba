using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Cohorts;

/// <summary>Rows and settings of a few small networks.</summary>
internal sealed class SmallCohort : IDisposable
{
    public SmallCohort(int rows = 120, double fraction = 0.25, ValueList<AugmentationOptions>? augmentations = null, bool keepsIds = false)
    {
        var ml = new MLContext(seed: 1);
        Host = ((IHostEnvironment)ml).Register("Test");
        Channel = Host.Start("Test");
        var view = ml.Data.LoadFromEnumerable(Example.Clusters(rows));
        var columns = new TrainingColumns(Host, view.Schema, LearningTask.MulticlassClassification, InputRequests.Of("Features"), "Label", "Weight");
        Data = new TrainingSet(Host, Channel, view, columns, RandomKey.FromSeed(1), augmentations, new RowCaching { KeepsIds = keepsIds });
        Data.Load(validationSet: null, fraction);
    }

    public IHost Host { get; }

    public IChannel Channel { get; }

    public TrainingSet Data { get; }

    public static TrainingSettings Settings { get; } = new()
    {
        Architecture = NetworkArchitecture.Mlp(16),
        Recipe = RegularizationRecipe.None with { Dropout = 0.2 },
        InputScaling = InputScaling.Standardize,
        MaxEpochs = 5,
        BatchSize = 32,
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.Constant,
        Key = RandomKey.FromSeed(7),
        Device = torch.CPU,
    };

    public static float[] Flat(NetworkWeights weights) => [.. weights.Tensors.SelectMany(tensor => tensor.Values.ToArray())];

    public IReadOnlyList<MemberPlan> Plans(params IReadOnlyList<TrainingSettings> settings) =>
        [.. settings.Select((own, i) => new MemberPlan(Data, own with { Place = new MemberPlace(i + 1, Fold: null) }))];

    public Cohort Create(IReadOnlyList<MemberPlan> plans, ICohortObserver observer, int threads = 1) =>
        new(Host, Channel, new CohortRows([Data], plans[0].Settings), plans, observer, threads);

    public TrainingOutcome TrainAlone(TrainingSettings settings)
    {
        using var run = new TrainingRun(Host, Channel, Data, settings);
        return run.Train(Channel);
    }

    public void Dispose() => Channel.Dispose();

    /// <summary>Calls back after each round, and remembers nothing.</summary>
    public sealed class Observer(Action<Cohort, int>? afterRound = null) : ICohortObserver
    {
        public void AfterRound(Cohort cohort, int round) => afterRound?.Invoke(cohort, round);

        public void Checkpoint(CheckpointState state)
        {
        }
    }
}
