using System.Reflection;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Foundation;

/// <summary>
/// Every option that counts something, found by reflection: it has a greatest value that a loop can be waited for, or the loop ends by itself or can be
/// cancelled. A new one has no place here until somebody has looked.
/// </summary>
[TestClass]
public sealed class OptionRangesProtocol
{
    private static readonly Dictionary<string, int> Greatest = new()
    {
        ["PgdTraining.Steps"] = 1000,
        ["CutoutOptions.Holes"] = 1000,
        ["RandAugmentOptions.Operations"] = 100,
        ["RandAugmentOptions.Magnitude"] = 30,
        ["TextAugmentationOptions.Copies"] = 1000,
        ["MonteCarloOptions.Passes"] = 10_000,
        ["ExplanationOptions.BackgroundRows"] = 10_000,
        ["ExplanationOptions.Groups"] = 10_000,
        ["ExplanationOptions.NetworksOfGroup"] = 10_000,
        ["ExplanationOptions.Steps"] = 1000,
        ["ProofOptions.Splits"] = 100,
        ["ReportOptions.ImportanceRows"] = 1_000_000,
        ["ReportOptions.Shuffles"] = 100,
        ["ImportanceOptions.Shuffles"] = 100,
        ["ReportOptions.WorstRows"] = 1000,
        ["ImageSheetOptions.Images"] = 1000,
        ["ImageSheetOptions.Columns"] = 100,
        ["GroupOptions.ComparedGroups"] = 100_000,
        ["SearchOptions.Rungs"] = 8,
        ["SearchOptions.Reduction"] = 10,
        ["SearchOptions.RoundTrials"] = 10_000,
        ["ProcessExecutorOptions.Processes"] = 1024,
        ["ProcessExecutorOptions.ThreadsPerTrial"] = 1024,
        ["ProcessExecutorOptions.MaxDeaths"] = 100,
        ["MlpArchitecture.HiddenSizes"] = 65_536,
        ["RealMlpArchitecture.HiddenSizes"] = 65_536,
        ["TabMArchitecture.HiddenSizes"] = 65_536,
        ["TabMArchitecture.Members"] = 256,
        ["ResidualMlpArchitecture.Width"] = 65_536,
        ["ResidualMlpArchitecture.Blocks"] = 1024,
        ["ConvNetArchitecture.Channels"] = 4096,
        ["ConvNetArchitecture.HiddenSize"] = 65_536,
        ["ResNetArchitecture.Depth"] = 1202,
        ["ResNetArchitecture.Width"] = 1024,
        ["ImageNetResNetArchitecture.Blocks"] = 200,
        ["ImageNetResNetArchitecture.Width"] = 1024,
        ["ImageNetResNetArchitecture.Resolution"] = 4096,
        ["TransformerArchitecture.Width"] = 16_384,
        ["TransformerArchitecture.Depth"] = 256,
        ["VisionTransformerArchitecture.PatchSize"] = 65_536,
        ["TextTransformerArchitecture.MaxLength"] = 8192,
        ["RecurrentArchitecture.HiddenSize"] = 65_536,
        ["RecurrentArchitecture.Layers"] = 64,
        ["RecurrentArchitecture.EmbeddingSize"] = 65_536,
        ["RecurrentArchitecture.MaxLength"] = 65_536,
        ["FineTuning.MovingLayers"] = 1000,
        ["FineTuning.UnfreezingEpochs"] = 1000,
        ["LinearProbe.Folds"] = 20,
        ["MuonOptimizer.Iterations"] = 20,
        ["LogCosineSchedule.Cycles"] = 16,
        ["NeuralNetworkOptions.Members"] = 1024,
        ["NeuralNetworkOptions.Folds"] = 1024,
        ["PackOptions.Members"] = 64,
        ["PackOptions.MaxSnapshots"] = 256,
        ["PiecewiseLinearEmbedding.Bins"] = 1024,
        ["PiecewiseLinearEmbedding.Size"] = 256,
        ["ContrastTask.Size"] = 65_536,
    };

    private static readonly Dictionary<string, string> NeedNone = new()
    {
        ["NeuralNetworkOptions.MaxEpochs"] = "cancelled with every batch",
        ["NeuralNetworkOptions.BatchSize"] = "as many as there are rows",
        ["NeuralNetworkOptions.ShufflePoolRows"] = "as many as there are rows",
        ["NeuralNetworkOptions.Seed"] = "counts nothing",
        ["ReportOptions.Seed"] = "counts nothing",
        ["ImportanceOptions.Seed"] = "counts nothing",
        ["DiagnosisOptions.Seed"] = "counts nothing",
        ["DiagnosisOptions.MostRows"] = "as many as there are rows",
        ["AdviceOptions.Seed"] = "counts nothing",
        ["AdviceOptions.MostRows"] = "as many as there are rows",
        ["ReportOptions.MostRows"] = "as many as there are rows",
        ["ImportanceOptions.MostRows"] = "as many as there are rows",
        ["SearchOptions.Seed"] = "counts nothing",
        ["GroupOptions.Seed"] = "counts nothing",
        ["GroupOptions.MinRows"] = "as many as there are rows",
        ["GroupOptions.BatchSize"] = "as many as there are rows",
        ["GroupOptions.MaxEpochs"] = "cancelled with every batch",
        ["SearchBudget.Trials"] = "cancelled with every batch",
        ["SearchBudget.MaxMegabytes"] = "bounds memory",
        ["ImageAugmentationOptions.Seed"] = "counts nothing",
        ["TextAugmentationOptions.Seed"] = "counts nothing",
        ["CustomAugmentationOptions.Seed"] = "counts nothing",
        ["TabularAugmentationOptions.Seed"] = "counts nothing",
        ["MixingOptions.Seed"] = "counts nothing",
        ["OneOfOptions.Seed"] = "counts nothing",
        ["SometimesOptions.Seed"] = "counts nothing",
        ["HoldOutOptions.Seed"] = "counts nothing",
        ["MonteCarloOptions.Seed"] = "counts nothing",
        ["ExplanationOptions.Seed"] = "counts nothing",
        ["LearningRateRange.Steps"] = "cancelled with every step",
        ["EarlyStopping.Patience"] = "compared with epochs",
        ["EarlyStopping.WarmUpEpochs"] = "compared with epochs",
        ["PackOptions.MaxMegabytes"] = "bounds memory",
        ["PackOptions.Patience"] = "compared with epochs",
        ["PackOptions.FirstMembers"] = "at most MaxSnapshots",
        ["TabMArchitecture.KeptMembers"] = "at most Members",
        ["ReduceOnPlateauSchedule.Patience"] = "compared with epochs",
        ["ReduceOnPlateauSchedule.Cooldown"] = "compared with epochs",
        ["ManifoldMixup.Layers"] = "layers that the network has",
        ["StepSchedule.EveryEpochs"] = "divides epochs",
        ["StochasticWeightAveraging.EveryEpochs"] = "divides epochs",
        ["CheckpointOptions.EveryEpochs"] = "divides epochs",
        ["RegularizationRecipe.UnmixedEpochs"] = "compared with epochs",
        ["VariationalDropout.WarmUpEpochs"] = "divides epochs",
        ["TransformerArchitecture.Heads"] = "at most Width",
        ["CutoutOptions.HoleSize"] = "at most the image's side",
        ["RandomCropOptions.Padding"] = "shifts by at most the image's side",
        ["ImageShape.Height"] = "the column's size",
        ["ImageShape.Width"] = "the column's size",
        ["ImageShape.Channels"] = "the column's size",
        ["SynonymEditOptions.MaxSynonyms"] = "as many as a word has",
        ["BackTranslationOptions.BatchSize"] = "as many as there are texts",
        ["BackTranslationOptions.CacheSize"] = "as many as there are texts",
    };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Ranges => Greatest.Select(range => new object[] { range.Key, range.Value });

    [TestMethod]
    public void Every_integral_option_is_named_here()
    {
        var found = Options().Select(property => $"{property.DeclaringType!.Name}.{property.Name}").Distinct().ToList();
        Assert.AreEqual("", string.Join(", ", found.Except(Greatest.Keys).Except(NeedNone.Keys)), "An option without a line here.");
        Assert.AreEqual("", string.Join(", ", Greatest.Keys.Concat(NeedNone.Keys).Except(found)), "A line without its option.");
    }

    [TestMethod]
    [DynamicData(nameof(Ranges))]
    public void More_than_the_greatest_value_is_refused_by_name(string name, int greatest)
    {
        var property = Options().First(property => $"{property.DeclaringType!.Name}.{property.Name}" == name);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Validate(property, greatest + 1L));
        Assert.Contains(property.Name, error.Message);
        Assert.Contains($"to {greatest}", error.Message);
        if (property.DeclaringType!.IsAssignableTo(typeof(NetworkArchitecture)))
            return;

        // What a loop is bounded by may be taken; layers must fit together besides.
        Validate(property, greatest);
    }

    [TestMethod]
    [DataRow(DataCaching.Memory)]
    [DataRow(DataCaching.None)]
    public void Endless_training_can_be_cancelled(DataCaching caching)
    {
        using var source = new CancellationTokenSource();
        var options = SmallNetwork.Options with
        {
            MaxEpochs = int.MaxValue,
            BatchSize = int.MaxValue,
            ShufflePoolRows = int.MaxValue,
            DataCaching = caching,
            Schedule = new StepSchedule { EveryEpochs = int.MaxValue },
            Recipe = RegularizationRecipe.None with
            {
                EarlyStopping = new() { Patience = int.MaxValue, WarmUpEpochs = int.MaxValue },
                WeightAveraging = WeightAveraging.Stochastic(0.5, everyEpochs: int.MaxValue),
                Dropout = new VariationalDropout { WarmUpEpochs = int.MaxValue },
            },
            CancellationToken = source.Token,
            Progress = new SmallNetwork.Callback(epoch =>
            {
                if (epoch.Epoch == 3)
                    source.Cancel();
            }),
        };
        var history = _ml.Fit(options, _ml.Rows(60)).Model.History;
        Assert.AreEqual((StopReason.Cancelled, 3), (history.StopReason, history.Epochs.Count));

        var clock = new FakeClock { Step = TimeSpan.FromSeconds(1) };
        var test = _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { CancellationToken = default, Time = clock, TimeLimit = TimeSpan.FromMinutes(10) });
        Assert.IsGreaterThan(0, test.FindLearningRate(_ml.Rows(60), new LearningRateRange { Max = 1e-5, Steps = int.MaxValue }).Points.Count);
    }

    [TestMethod]
    [DataRow(DataCaching.Memory)]
    [DataRow(DataCaching.None)]
    public void Endless_rows_of_which_none_is_usable_can_be_cancelled(DataCaching caching)
    {
        using var source = new CancellationTokenSource();
        var options = SmallNetwork.Options with { DataCaching = caching, CancellationToken = source.Token, ValidationFraction = 0.2 };
        Assert.Throws<OperationCanceledException>(() => _ml.Fit(options, _ml.Data.LoadFromEnumerable(Endless())));

        IEnumerable<Example> Endless()
        {
            var row = Example.Clusters(1)[0];
            row.Label = Example.ClassCount;
            for (var read = 0; ; read++)
            {
                if (read == 500)
                    source.Cancel();
                yield return row;
            }
        }
    }

    private static IEnumerable<PropertyInfo> Options() =>
        from type in typeof(RegularizationRecipe).Assembly.GetExportedTypes()
        where ValidateOf(type) is not null || type == typeof(NeuralNetworkOptions)
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.SetMethod is not null && IsIntegral(property.PropertyType)
        select property;

    private static MethodInfo? ValidateOf(Type type) => Array.Find(
        type.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic), method => method.Name == "Validate" && method.GetParameters() is [var context, ..]
            && context.ParameterType == typeof(IExceptionContext));

    private static bool IsIntegral(Type type) =>
        new[] { typeof(int), typeof(long), typeof(uint), typeof(ulong), typeof(short), typeof(ushort), typeof(byte), typeof(sbyte) }
            .Contains(Nullable.GetUnderlyingType(type) ?? (type.IsGenericType ? type.GetGenericArguments()[0] : type));

    private void Validate(PropertyInfo property, long value)
    {
        var type = property.ReflectedType!.IsAbstract
            ? property.ReflectedType.Assembly.GetTypes().First(type => type.IsSubclassOf(property.ReflectedType) && !type.IsAbstract)
            : property.ReflectedType;
        var constructor = type.GetConstructors().OrderBy(constructor => constructor.GetParameters().Length).First();
        var options = constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(double) ? 0.1 : parameter.DefaultValue)]);
        property.SetValue(options, property.PropertyType == typeof(ValueList<int>) ? ValueList.Create([(int)value]) : (int)value);
        if (options is NeuralNetworkOptions trainer)
        {
            // A trainer checks its own.
            _ = _ml.MulticlassClassification.Trainers.NeuralNetwork(trainer);
            return;
        }

        try
        {
            ValidateOf(type)!.Invoke(options, [_ml]);
        }
        catch (TargetInvocationException exception)
        {
            throw exception.InnerException!;
        }
    }
}
