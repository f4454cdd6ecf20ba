namespace Microsoft.ML.Regularization.Tests.Search;

/// <summary>A search of small networks on few rows, a trial of which takes some tens of milliseconds.</summary>
internal static class SearchExample
{
    public static NeuralNetworkOptions Options { get; } = new()
    {
        Architecture = NetworkArchitecture.Mlp(6),
        Recipe = RegularizationRecipe.None with { WeightDecay = 0.01 },
        MaxEpochs = 9,
        BatchSize = 32,
        ValidationFraction = 0.3,
    };

    private static readonly Lazy<SearchResult> Alone = new(() => Search(new SearchOptions()));

    /// <summary>What a search finds that is not interrupted.</summary>
    public static SearchResult Uninterrupted => Alone.Value;

    public static SearchSpace Space(MLContext ml, NeuralNetworkOptions? options = null) => new SearchSpace(options ?? Options, ml.MulticlassClassification.Trainers.NeuralNetwork)
        .LogUniform("LearningRate", 1e-4, 0.3, (options, value) => options with { LearningRate = value })
        .Uniform("Dropout", 0, 0.8, (options, value) => options with { Recipe = options.Recipe! with { Dropout = value } })
        .Choose("BatchSize", [8, 16, 32], (options, value) => options with { BatchSize = value })
        .Whole("Units", 2, 12, (options, value) => options with { Architecture = NetworkArchitecture.Mlp(value) })
        .Start("fast", options => options with { LearningRate = 0.03 });

    public static TrialRunner Runner(List<Example>? rows = null, NeuralNetworkOptions? options = null)
    {
        var ml = new MLContext(seed: 1);
        return new TrialRunner(ml, ml.Data.LoadFromEnumerable(rows ?? Example.Clusters(90)), Space(ml, options));
    }

    /// <summary>A trial with the options as they were given, to its end.</summary>
    public static TrialRequest Request(string folder, TrialRunner runner) => new()
    {
        Folder = folder,
        Fingerprint = runner.Fingerprint,
        Trial = new Trial { Number = 1 },
        Share = 1,
        Metric = ValidationMetric.Loss,
        Seed = 1,
        CheckpointInterval = TimeSpan.Zero,
    };

    public static SearchResult Search(SearchOptions options, SearchBudget? budget = null, TrialRunner? runner = null) =>
        new MLContext(seed: 1).Regularization().Search(runner ?? Runner(), budget ?? new SearchBudget { Trials = 12 }, options);

    /// <summary>All weights of a model, to compare bit for bit.</summary>
    public static List<float> WeightsOf(ITransformer model) => [.. model.GetNeuralNetwork().Weights.SelectMany(tensor => tensor.Values.ToArray())];

    /// <summary>What comes of trials, but for how long they took, where they ran and what went wrong on the way.</summary>
    public static List<TrialResult> WithoutPlace(IEnumerable<TrialResult> results) => [.. results.Select(result => result with { Seconds = 0, Worker = null, Notices = [] })];

    public static void AssertSame(SearchResult expected, SearchResult actual)
    {
        CollectionAssert.AreEqual(WithoutPlace(expected.Trials), WithoutPlace(actual.Trials));
        CollectionAssert.AreEqual(WeightsOf(expected.Model), WeightsOf(actual.Model));
    }

    /// <summary>Runs a callback for each trial.</summary>
    public sealed class Callback(Action<TrialResult> report) : IProgress<TrialResult>
    {
        public void Report(TrialResult value) => report(value);
    }

    /// <summary>Runs a callback for each epoch, on the training thread.</summary>
    public sealed class EpochCallback(Action<EpochReport> report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report(value);
    }
}
