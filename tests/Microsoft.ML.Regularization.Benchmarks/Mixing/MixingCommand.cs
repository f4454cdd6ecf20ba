using System.Globalization;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Mixing;

/// <summary>What mixing rows costs and gives where there are categories: errors and log-losses on rows that were not trained on, over several seeds.</summary>
internal static class MixingCommand
{
    private const int Seeds = 5;

    private static readonly MixupOptions Mixup = new() { Alpha = 0.2 };

    private static readonly FeatureSwapOptions Swap = new() { Rate = 0.2, MixLabels = true };

    private static readonly (string Name, AugmentationOptions? InPipeline, RegularizationRecipe Recipe)[] Variants =
    [
        ("without mixing", null, RegularizationRecipe.None),
        ("`Mixup`, categories left as they are", Mixup, RegularizationRecipe.None),
        ("`Mixup`, categories drawn", null, RegularizationRecipe.None with { Augmentations = [Mixup] }),
        ("`ManifoldMixup` of layer 0: embeddings mixed", null, RegularizationRecipe.None with { ManifoldMixup = new() { Alpha = Mixup.Alpha, Layers = [0] } }),
        ("labels by `FeatureSwap`, categories left as they are", Swap, RegularizationRecipe.None),
        ("labels by `FeatureSwap`, categories swapped", null, RegularizationRecipe.None with { Augmentations = [Swap] }),
    ];

    /// <summary>The command: <c>mixing folder-of-adult [document]</c>.</summary>
    public static void Run(string[] args)
    {
        if (args is not [var folder, ..] || !File.Exists(Path.Combine(folder, AdultRows.FileName)))
        {
            Console.Error.WriteLine($"Give a folder that holds {AdultRows.FileName}, the training rows of the UCI data set Adult with a header; nothing was measured.");
            return;
        }

        var table = new StringBuilder("| | adult: error | log-loss | a label told by a category: error | log-loss |\n|---|---|---|---|---|\n");
        foreach (var (name, inPipeline, recipe) in Variants)
        {
            var adult = Measure(ml => AdultRows.Load(ml, folder), AdultRows.Featurize, AdultRows.Categories, inPipeline, recipe, epochs: 10);
            var told = Measure(ToldRows.Load, ToldRows.Featurize, ToldRows.Categories, inPipeline, recipe, epochs: 40);
            var line = $"| {name} | {adult} | {told} |\n";
            Console.Write(line);
            table.Append(line);
        }

        if (args is [_, var document])
            new DocumentTable("mixing").Write(document, table.ToString());
    }

    private static string Measure(
        Func<MLContext, IDataView> load,
        Func<MLContext, IEstimator<ITransformer>> featurize,
        string[] categories,
        AugmentationOptions? inPipeline,
        RegularizationRecipe recipe,
        int epochs)
    {
        var (errors, losses) = (new List<double>(), new List<double>());
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var ml = new MLContext(seed);
            var split = ml.Data.TrainTestSplit(load(ml), testFraction: 0.2, seed: seed);
            var trainer = ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Mlp(64, 64),
                CategoricalColumnNames = categories,
                Recipe = recipe,
                MaxEpochs = epochs,
                BatchSize = 128,
                LearningRate = 3e-3,
                Schedule = new CosineSchedule(),
            });
            var pipeline = featurize(ml).AppendCacheCheckpoint(ml);
            var model = inPipeline is null ? pipeline.Append(trainer).Fit(split.TrainSet)
                : pipeline.Append(new TrainingOnlyEstimator(ml, inPipeline)).Append(trainer).Fit(split.TrainSet);
            var scored = model.Transform(split.TestSet);
            var pairs = scored.GetColumn<bool>("Label").Zip(scored.GetColumn<float>("Probability")).ToList();
            errors.Add(100 * pairs.Average(pair => pair.First == pair.Second > 0.5f ? 0.0 : 1));
            losses.Add(pairs.Average(pair => -Math.Log(Math.Max(pair.First ? pair.Second : 1 - pair.Second, 1e-7))));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Text(errors, "0.00")} % | {Text(losses, "0.000")}");
    }

    private static string Text(List<double> values, string format)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
        return $"{mean.ToString(format, CultureInfo.InvariantCulture)} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}";
    }
}
