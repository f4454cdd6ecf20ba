using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Regularizers;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>
/// The same seed, rows and options give the same weights, bit for bit, from one version of the library to the next. The hashes were written down before the
/// library's parts were rearranged; a change that means to change weights writes new ones. Sums of floats have another order on other processors, so the hashes
/// hold on processors of the kind in the first line of their file.
/// </summary>
[TestClass]
public sealed class SameWeightsTests
{
    private static string[][] Lists => [.. Directory.GetFiles("Contract", "SameWeights*.txt").Select(File.ReadAllLines)];

    private static Dictionary<LearningTask, string> ShortNames { get; } = new()
    {
        [LearningTask.MulticlassClassification] = "Multiclass", [LearningTask.BinaryClassification] = "Binary", [LearningTask.Regression] = "Regression",
    };

    // Nothing is left to defaults, which may change.
    private static NeuralNetworkOptions Plain { get; } = SmallNetwork.Options with
    {
        MaxEpochs = 4, BatchSize = 32, Optimizer = Optimizer.Adam(), Schedule = LearningRateSchedule.Constant,
    };

    private static IEnumerable<(string Name, Func<ITransformer> Fit)> Cases
    {
        get
        {
            var inputs = new MLContext(seed: 1).Data.LoadFromEnumerable(InputExample.Of(90));

            // Numbers of two values, and the forms of published networks, came later.
            var early = ArchitectureCases.All.Where(own => own.FeatureColumnName != ArchitectureCase.Flagged
                && own.Architecture is not (ImageNetResNetArchitecture or TextTransformerArchitecture { IsBert: true }));
            foreach (var (architecture, i) in early.Select((architecture, i) => (architecture, i)))
            {
                foreach (var task in LearningTasks.All)
                    yield return ($"architecture {i} {ShortNames[task]} {architecture.Name}", () => Fit(task, Explicit(architecture), inputs));
            }

            var sparse = new ArchitectureCase(NetworkArchitecture.Mlp(8), ArchitectureCase.Sparse);
            yield return ("sparse rows", () => Fit(LearningTask.MulticlassClassification, Explicit(sparse), inputs));

            var rows = new MLContext(seed: 1).Rows(150);
            // Penalties of a program's own, schedules of strengths and R-Drop came later.
            var recipes = RegularizerProtocol.AllRecipes.Select(recipe => RegularizerProtocol.WithoutSchedules(recipe) with { Penalty = null, RDrop = null })
                .Where(recipe => recipe != RegularizationRecipe.None).Distinct();
            foreach (var (recipe, i) in recipes.Select((recipe, i) => (recipe, i)))
            {
                foreach (var task in LearningTasks.All)
                    yield return ($"recipe {i} {ShortNames[task]}", () => Fit(task, Plain with
                    {
                        Recipe = RegularizerProtocol.For(recipe, task),
                        Architecture = RegularizerProtocol.ArchitectureFor(recipe),
                        ImageShape = recipe.Dropout is SpatialDropout ? new ImageShape(2, 2) : null,
                    }, rows));
            }

            foreach (var optimizer in (Optimizer[])[Optimizer.Adam(), Optimizer.Sgd(momentum: 0.9), Optimizer.Sgd(momentum: 0.9, nesterov: true), Optimizer.RmsProp()])
                yield return ($"optimizer {optimizer}", () => Fit(LearningTask.MulticlassClassification, Plain with { Optimizer = optimizer }, rows));
            foreach (var schedule in (LearningRateSchedule[])[new CosineSchedule(), new LinearSchedule(), new OneCycleSchedule(), new StepSchedule(), new ExponentialSchedule(), new FlatThenCosineSchedule(), new ReduceOnPlateauSchedule()])
                yield return ($"schedule {schedule.GetType().Name}", () => Fit(LearningTask.Regression, Plain with { Schedule = schedule }, rows));
            yield return ("streamed", () => Fit(LearningTask.BinaryClassification, Plain with { DataCaching = DataCaching.None, ShufflePoolRows = 20 }, rows));
            yield return ("weighted", () => Fit(LearningTask.MulticlassClassification, Plain with { ExampleWeightColumnName = "Weight", ClassWeights = ClassWeights.Balanced }, rows));
            yield return ("mixed before", () => new MLContext(seed: 1).Transforms.HoldOut(fraction: 0.2).Append(new MLContext(seed: 1).Transforms.Mixup())
                .Append(EveryTask.Trainer(new MLContext(seed: 2), LearningTask.MulticlassClassification, Plain with { Recipe = RegularizationRecipe.SmallDataset })).Fit(rows));
        }
    }

    [TestMethod]
    public void Weights_are_those_of_before()
    {
        if (Lists.FirstOrDefault(list => list[0] == Processor) is not { } listed)
        {
            Assert.Inconclusive($"The hashes are those of {string.Join(", ", Lists.Select(list => list[0]))}; this is {Processor}.");
            return;
        }

        var found = Cases.AsParallel().AsOrdered().Select(one => $"{Hash(one.Fit())} {one.Name}").Prepend(Processor).ToList();
        var different = found.Except(listed).ToList();
        Assert.IsEmpty(different, $"other weights than before:{Environment.NewLine}{string.Join(Environment.NewLine, different)}");
        CollectionAssert.AreEqual(found, listed);
    }

    private static NeuralNetworkOptions Explicit(ArchitectureCase architecture) =>
        architecture.Options(RegularizationRecipe.None, epochs: 2) with { Optimizer = Optimizer.Adam(), Schedule = LearningRateSchedule.Constant };

    private static ITransformer Fit(LearningTask task, NeuralNetworkOptions options, IDataView rows) => EveryTask.Trainer(new MLContext(seed: 2), task, options).Fit(rows);

    private static string Hash(ITransformer model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in EveryTask.Weights(model))
            hash.AppendData(MemoryMarshal.AsBytes<float>(tensor));
        return Convert.ToHexString(hash.GetHashAndReset())[..32];
    }

    // Libtorch's kernels go by the maker, the library's products by the width of vectors.
    private static string Processor
    {
        get
        {
            if (!X86Base.IsSupported)
                return RuntimeInformation.ProcessArchitecture.ToString();
            var (_, b, c, d) = X86Base.CpuId(0, 0);
            return $"{Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>([b, d, c]))} {(Vector512.IsHardwareAccelerated ? 512 : 256)}";
        }
    }
}
