using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Trainers.Pretraining;

/// <summary>Networks that learn of rows without labels, and fits that start from them.</summary>
[TestClass]
public sealed class PretrainingTests
{
    private static readonly ArchitectureCase Mlp = new(NetworkArchitecture.Mlp(6, 5), ArchitectureCase.Flagged, ArchitectureCase.Category);
    private static readonly ArchitectureCase Texts = new(NetworkArchitecture.TextTransformer(width: 8, depth: 1, heads: 2, maxLength: 6), ArchitectureCase.Texts);
    private static readonly PretrainingOptions Quick = new() { MaxEpochs = 3, BatchSize = 16 };

    private static IEnumerable<object[]> Cases =>
    [
        [Mlp],
        [new ArchitectureCase(NetworkArchitecture.RealMlp() with { HiddenSizes = [6, 5] }, ArchitectureCase.Flagged, ArchitectureCase.Category)],
        [new ArchitectureCase(NetworkArchitecture.Mlp(6) with { NumericalEmbedding = new PiecewiseLinearEmbedding() }, ArchitectureCase.Flagged)],
        [new ArchitectureCase(NetworkArchitecture.ResidualMlp(6, 2), ArchitectureCase.Numbers)],
        [new ArchitectureCase(NetworkArchitecture.Mlp(6) with { Normalization = Normalization.Batch }, FeatureColumnName: null, ArchitectureCase.Category)],
        [new ArchitectureCase(NetworkArchitecture.Mlp(6), ArchitectureCase.Sparse)],
        [Texts],
        [new ArchitectureCase(NetworkArchitecture.Bert(width: 8, depth: 1, heads: 2, maxLength: 6), ArchitectureCase.Texts)],
        [new ArchitectureCase(NetworkArchitecture.TextTransformer(width: 8, depth: 1, heads: 2, maxLength: 6) with { Pooling = TokenPooling.ClassToken }, ArchitectureCase.Texts)],
    ];

    /// <summary>With the body frozen a model has the weights and scales that pre-training gave, bit for bit, though it was trained on a few other rows.</summary>
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_fit_starts_from_the_body_and_the_scales(object architecture)
    {
        var own = (ArchitectureCase)architecture;
        var weights = Pretrain(own);
        var outcome = Fit(own, weights, FineTuning.HeadAlone).GetNeuralNetwork().Outcome;

        using var file = PublishedFile.Open(new MemoryStream(weights.Made!.Content!));
        Assert.IsNotEmpty(file.Tensors);
        foreach (var tensor in file.Tensors)
            CollectionAssert.AreEqual(tensor.Read(), outcome.Weights.Find(tensor.Name)!.Values.ToArray(), tensor.Name);
        var body = outcome.Weights.Tensors.Select(tensor => tensor.Name).Where(name => !name.StartsWith("output.", StringComparison.Ordinal) && !name.StartsWith("scaling.", StringComparison.Ordinal));
        CollectionAssert.AreEquivalent(body.ToList(), file.Tensors.Select(tensor => tensor.Name).ToList(), "all of the body, and nothing else");
        CollectionAssert.AreEqual(weights.Made.Origin.Scales.Input?.Center, outcome.InputScaler?.Center);
        CollectionAssert.AreEqual(weights.Made.Origin.Scales.Imputation?.Fill, outcome.Imputation?.Fill);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void All_layers_learn_in_pre_training(object architecture)
    {
        var own = (ArchitectureCase)architecture;
        var (one, more) = (Tensors(Pretrain(own, Quick with { MaxEpochs = 1 })), Tensors(Pretrain(own, Quick with { LearningRate = 0.004, MaxEpochs = 1 })));
        foreach (var (name, values) in one.Where(tensor => !tensor.Key.Contains("codes", StringComparison.Ordinal) && !tensor.Key.Contains("edges", StringComparison.Ordinal) && !tensor.Key.Contains("running", StringComparison.Ordinal)))
        {
            // The class token's vector and places behind the longest text may learn nothing.
            Assert.IsFalse(values.AsSpan().SequenceEqual(more[name]), name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_saved_file_is_the_same_start(object architecture)
    {
        var own = (ArchitectureCase)architecture;
        using var folder = new TemporaryFolder();
        var weights = Pretrain(own);
        weights.Save(folder["body.safetensors"]);
        var loaded = PretrainedWeights.FromSafetensors(folder["body.safetensors"]);

        Assert.AreEqual(weights.Sha256, loaded.Sha256);
        Assert.AreEqual(folder["body.safetensors"], loaded.Path);
        Assert.AreEqual(weights.ReportFor(own.Architecture), loaded.ReportFor(own.Architecture));
        InterruptedTraining.AssertSame(Fit(own, weights), Fit(own, loaded));
        Assert.ThrowsExactly<InvalidOperationException>(() => loaded.Save(folder["again.safetensors"]));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_same_seed_gives_the_same_weights_in_memory_and_streamed(object architecture)
    {
        var own = (ArchitectureCase)architecture;
        var options = Options(own);
        var whole = Trainer(options).Pretrain(Rows(), Quick);

        Assert.AreEqual(whole, Trainer(options).Pretrain(Rows(), Quick));
        Assert.AreEqual(whole, Trainer(options with { DataCaching = DataCaching.None }).Pretrain(Rows(), Quick));
        Assert.AreNotEqual(whole, Trainer(options with { Seed = 77 }).Pretrain(Rows(), Quick));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void An_interrupted_run_resumes_to_the_same_weights(bool ofTexts)
    {
        var own = ofTexts ? Texts : Mlp;
        var whole = Pretrain(own);
        using var folder = new TemporaryFolder();
        for (var interruptions = 0; ; interruptions++)
        {
            using var source = new CancellationTokenSource();
            var written = 0;
            var pretraining = Quick with
            {
                Checkpoints = new CheckpointOptions
                {
                    Folder = folder.Path,
                    Interval = TimeSpan.Zero,
                    Through = file =>
                    {
                        if (!((FileStream)file).Name.Contains("best", StringComparison.Ordinal) && ++written == 4)
                            source.Cancel();
                        return file;
                    },
                },
            };
            try
            {
                var weights = Trainer(Options(own) with { CancellationToken = source.Token }).Pretrain(Rows(), pretraining);
                if (written >= 4)
                    continue;
                Assert.AreEqual(whole, weights);
                Assert.IsGreaterThan(0, interruptions);
                Refusal.Check("another task", () => Trainer(Options(own)).Pretrain(Rows(), pretraining with { MaxEpochs = 9 }), ["MaxEpochs is 9, but was 3"]);
                return;
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    [TestMethod]
    public void Progress_is_told_and_labels_are_not_needed()
    {
        var reports = new List<EpochReport>();
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(InputExample.Of(40).Select(row => new Unlabelled { Features = row.Features }));
        var options = new NeuralNetworkOptions { Architecture = NetworkArchitecture.Mlp(6), Progress = new Told(reports) };
        ml.BinaryClassification.Trainers.NeuralNetwork(options).Pretrain(rows, new PretrainingOptions { MaxEpochs = 30, BatchSize = 20, LearningRate = 0.01 });

        Assert.HasCount(30, reports);
        Assert.IsLessThan(reports[0].TrainingLoss, reports[^1].TrainingLoss);
    }

    [TestMethod]
    public void Rows_that_are_held_out_are_measured_on()
    {
        var (ml, reports) = (new MLContext(seed: 1), new List<EpochReport>());
        var capture = new CapturingEstimator(ml);
        ml.Transforms.HoldOut(fraction: 0.25).Append(capture).Fit(RefusedTraining.View(Example.Clusters(40)));
        var options = new NeuralNetworkOptions { Architecture = NetworkArchitecture.Mlp(6), Progress = new Told(reports) };
        ml.Regression.Trainers.NeuralNetwork(options).Pretrain(capture.FittedOn!, Quick);

        Assert.IsTrue(reports.TrueForAll(report => report.ValidationLoss is > 0));
    }

    private static IDataView Rows(int count = 80) => new MLContext().Data.LoadFromEnumerable(InputExample.Of(count));

    private static NeuralNetworkOptions Options(ArchitectureCase own) => own.Options(RegularizationRecipe.None, epochs: 2);

    private static NeuralNetworkMulticlassTrainer Trainer(NeuralNetworkOptions options) => new MLContext(seed: 3).MulticlassClassification.Trainers.NeuralNetwork(options);

    private static PretrainedWeights Pretrain(ArchitectureCase own, PretrainingOptions? options = null) => Trainer(Options(own)).Pretrain(Rows(), options ?? Quick);

    private static ITransformer Fit(ArchitectureCase own, PretrainedWeights weights, FineTuning? tuning = null) =>
        Trainer(Options(own) with { Pretrained = weights, FineTuning = tuning }).Fit(new MLContext().Data.LoadFromEnumerable(InputExample.Of(18, seed: 9)));

    private static Dictionary<string, float[]> Tensors(PretrainedWeights weights)
    {
        using var file = PublishedFile.Open(new MemoryStream(weights.Made!.Content!));
        return file.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Read());
    }

    private sealed class Unlabelled
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Told(List<EpochReport> reports) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => reports.Add(value);
    }
}
