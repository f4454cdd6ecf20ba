using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Regularizers;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Optimizers;

namespace Microsoft.ML.Regularization.Tests.Training.Checkpoints;

/// <summary>Training in pieces gives what training in one go gives, whatever has a state: every member of the recipe, optimizer, schedule and network.</summary>
[TestClass]
public sealed class ResumeProtocol
{
    private static readonly MLContext Context = new();

    private static IEnumerable<object[]> Recipes =>
        from recipe in RegularizerProtocol.AllRecipes
        from task in new[] { LearningTask.MulticlassClassification, LearningTask.Regression }
        select new object[] { RegularizerProtocol.For(recipe, task), RegularizerProtocol.ArchitectureFor(recipe), task.ToString() };

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void Every_recipe(RegularizationRecipe recipe, NetworkArchitecture architecture, string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        AssertResumes(SmallNetwork.Options with { Recipe = recipe, Architecture = architecture }, task);
    }

    public static IEnumerable<object[]> Steps => OptimizationProtocol.Each;

    [TestMethod]
    [DynamicData(nameof(Steps))]
    public void Every_optimizer_and_schedule(NeuralNetworkOptions options) => AssertResumes(options, LearningTask.MulticlassClassification);

    // Networks of the user's own draw from libtorch's generator, and no two runs begin alike.
    private static IEnumerable<object[]> Architectures =>
        from architecture in ArchitectureCases.All
        where architecture.Architecture is not CustomArchitecture
        select new object[] { architecture };

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    [DoNotParallelize]
    public void Every_architecture_and_no_tensor_is_left(object architecture)
    {
        var view = Context.Data.LoadFromEnumerable(InputExample.Of(60));
        var options = ((ArchitectureCase)architecture).Options(RegularizationRecipe.None, epochs: 3);
        Run();
        Assert.AreEqual(0, LiveTensors.LeftBy(Run));

        void Run() => AssertResumes(options, own => EveryTask.Trainer(new MLContext(seed: 4), LearningTask.BinaryClassification, own).Fit(view));
    }

    private static IEnumerable<object[]> SparseOptions =>
        from own in new[]
        {
            SmallNetwork.Options with { FeatureColumnName = nameof(InputExample.Sparse), Recipe = RegularizationRecipe.SmallDataset },
            SmallNetwork.Options with
            {
                FeatureColumnName = nameof(InputExample.Sparse),
                Optimizer = Optimizer.Sgd(momentum: 0.9, nesterov: true),
                Recipe = RegularizationRecipe.None with { WeightDecay = 0.1, GradientClipping = GradientClipping.ByNorm(0.5) },
            },
            SmallNetwork.Options with
            {
                FeatureColumnName = nameof(InputExample.Sparse),
                CategoricalColumnNames = [nameof(InputExample.Category)],
                Recipe = RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Exponential(0.9) },
            },
        }
        select new object[] { own with { Architecture = NetworkArchitecture.Mlp(16), BatchSize = 8 } };

    [TestMethod]
    [DynamicData(nameof(SparseOptions))]
    public void Sparse_rows_of_which_slots_wait(NeuralNetworkOptions options)
    {
        var view = Context.Data.LoadFromEnumerable(InputExample.Of(60));
        AssertResumes(options with { MaxEpochs = 4 }, own => EveryTask.Trainer(new MLContext(seed: 4), LearningTask.MulticlassClassification, own).Fit(view));
    }

    [TestMethod]
    public void Texts_whose_vectors_wait()
    {
        var view = Context.Data.LoadFromEnumerable(InputExample.Of(60));
        var options = SmallNetwork.Options with
        {
            Architecture = NetworkArchitecture.Gru(8, layers: 2) with { EmbeddingSize = 4800, MaxLength = 8, Pooling = SequencePooling.Max },
            FeatureColumnName = nameof(InputExample.Tokens),
            Recipe = RegularizationRecipe.None with { Dropout = 0.2, WeightDecay = 0.1, ManifoldMixup = new ManifoldMixup() },
            BatchSize = 8,
            MaxEpochs = 4,
        };
        AssertResumes(options, own => EveryTask.Trainer(new MLContext(seed: 4), LearningTask.MulticlassClassification, own).Fit(view));
    }

    [TestMethod]
    public void Batch_statistics_under_averaged_weights()
    {
        foreach (var averaging in new WeightAveraging[] { WeightAveraging.Exponential(0.9), WeightAveraging.Stochastic(0.3, everyEpochs: 2) })
        {
            AssertResumes(
                SmallNetwork.Options with
                {
                    Architecture = NetworkArchitecture.Mlp(8) with { Normalization = Normalization.Batch },
                    Recipe = RegularizationRecipe.None with { WeightAveraging = averaging },
                    ValidationFraction = 0.2,
                },
                LearningTask.MulticlassClassification);
        }
    }

    [TestMethod]
    public void Rows_that_a_pipeline_draws_anew_in_every_epoch()
    {
        var view = Context.Rows(150);
        var stopping = new EarlyStopping { RetrainsOnAllRows = true };
        var options = SmallNetwork.Options with { MaxEpochs = 6, Recipe = RegularizationRecipe.None with { EarlyStopping = stopping } };
        AssertResumes(options, own => Pipeline(own).Fit(view));

        static IEstimator<ITransformer> Pipeline(NeuralNetworkOptions own)
        {
            var ml = new MLContext(seed: 4);
            return ml.Transforms.HoldOut(0.2).Append(ml.Transforms.GaussianNoise(scale: 0.3)).Append(ml.Transforms.Mixup())
                .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(own));
        }
    }

    [TestMethod]
    public void Patience_and_training_anew()
    {
        var options = SmallNetwork.Options with
        {
            Recipe = RegularizationRecipe.None with { EarlyStopping = new() { Patience = 2 }, Dropout = 0.2 }, MaxEpochs = 60, BatchSize = 32,
        };
        AssertResumes(options, LearningTask.MulticlassClassification, epochs: 60);
    }

    [TestMethod]
    public void Plateaus_with_patience_and_cooldown()
    {
        // After the first epoch nothing is good enough.
        var schedule = new ReduceOnPlateauSchedule { Patience = 2, Cooldown = 1, Factor = 0.5, Threshold = 0.95 };
        AssertResumes(SmallNetwork.Options with { Schedule = schedule }, LearningTask.MulticlassClassification, epochs: 9);
    }

    /// <summary>Cancellation is asked for between batches; a process is killed anywhere, also between the last batch of an epoch and its end.</summary>
    [TestMethod]
    public void Killed_after_any_of_its_checkpoints()
    {
        var view = Context.Rows(150);
        var options = SmallNetwork.Options with
        {
            MaxEpochs = 5,
            ValidationFraction = 0.2,
            Architecture = NetworkArchitecture.ResidualMlp(8, 2),
            Schedule = new CosineSchedule(),
            Recipe = RegularizationRecipe.None with { Dropout = 0.1, WeightAveraging = WeightAveraging.Stochastic(0.4) },
        };
        var expected = new MLContext(seed: 4).Fit(options, view);
        using var folder = new TemporaryFolder();
        var checkpoints = new List<byte[]>();
        var kept = new CheckpointOptions { Folder = folder.Path, Interval = TimeSpan.Zero };
        new MLContext(seed: 4).Fit(options with { Checkpoints = kept with { Through = Collect } }, view);
        Assert.HasCount(5 * (2 + 1) - 1, checkpoints);
        foreach (var checkpoint in checkpoints)
        {
            File.WriteAllBytes(folder["last.safetensors"], checkpoint);
            InterruptedTraining.AssertSame(expected, new MLContext(seed: 4).Fit(options with { Checkpoints = kept }, view));
        }

        Stream Collect(Stream file)
        {
            if (((FileStream)file).Name.Contains("last", StringComparison.Ordinal) && File.Exists(folder["last.safetensors"]))
                checkpoints.Add(folder.Last);
            return file;
        }
    }

    [TestMethod]
    public void Training_on_from_a_model()
    {
        var view = Context.Rows(150);
        var model = new MLContext(seed: 1).Fit(SmallNetwork.Options with { MaxEpochs = 2 }, Context.Rows(60, seed: 3)).Model;
        AssertResumes(
            SmallNetwork.Options with { MaxEpochs = 4 }, own => new MLContext(seed: 4).MulticlassClassification.Trainers.NeuralNetwork(own).Fit(view, model));
    }

    private static void AssertResumes(NeuralNetworkOptions options, LearningTask task, int epochs = 5)
    {
        var view = Context.Rows(150);
        var own = options with { MaxEpochs = Math.Min(options.MaxEpochs!.Value, epochs) };
        if (own.Architecture is { } images && images.Takes.HasFlag(NetworkInputs.Images))
            own = own with { ImageShape = new ImageShape(2, 2) };
        AssertResumes(own, pieces => EveryTask.Trainer(new MLContext(seed: 4), task, pieces).Fit(view));
    }

    private static void AssertResumes(NeuralNetworkOptions options, Func<NeuralNetworkOptions, ITransformer> fit)
    {
        var (model, interruptions) = InterruptedTraining.Fit(options, fit, checkpoints: 5);
        Assert.IsGreaterThan(1, interruptions);
        InterruptedTraining.AssertSame(fit(options), model);
    }
}
