using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

/// <summary>What holds for every member of the recipe, found by reflection, each alone and all together, in every task.</summary>
[TestClass]
public sealed class RegularizerProtocol
{
    private static IEnumerable<object[]> Recipes =>
        typeof(RegularizationRecipe).GetProperties().Where(property => property.SetMethod is not null).Select(property =>
        {
            // Which weights are penalized shows where some are.
            var recipe = RegularizationRecipe.None with { WeightDecay = property.Name == nameof(RegularizationRecipe.PenalizeBiases) ? 0.5 : 0 };

            // When mixing ends shows where rows are mixed.
            if (property.Name == nameof(RegularizationRecipe.UnmixedEpochs))
                recipe = recipe with { Augmentations = RegularizationRecipeTests.Everything.Augmentations };
            // Two draws of noise differ where there is some.
            if (property.Name == nameof(RegularizationRecipe.RDrop))
                recipe = recipe with { Dropout = RegularizationRecipeTests.Everything.Dropout };

            // A schedule shows where there is a strength.
            if (property.PropertyType == typeof(LearningRateSchedule))
                recipe = WithStrength(recipe, property.Name);
            property.SetValue(recipe, property.GetValue(RegularizationRecipeTests.Everything));
            return new object[] { recipe };
        }).Append([RegularizationRecipeTests.Everything]).Concat(OtherKinds.Select(recipe => new object[] { recipe }));

    /// <summary>The recipes of this protocol, for tests that ask something else of each kind.</summary>
    internal static IEnumerable<RegularizationRecipe> AllRecipes => Recipes.Select(row => (RegularizationRecipe)row[0]);

    /// <summary>The recipe without what changes the strength of its members.</summary>
    internal static RegularizationRecipe WithoutSchedules(RegularizationRecipe recipe) =>
        recipe with { WeightDecaySchedule = null, DropoutSchedule = null, LabelSmoothingSchedule = null };

    private static RegularizationRecipe WithStrength(RegularizationRecipe recipe, string schedule)
    {
        var everything = RegularizationRecipeTests.Everything;
        return schedule switch
        {
            nameof(RegularizationRecipe.WeightDecaySchedule) => recipe with { WeightDecay = everything.WeightDecay },
            nameof(RegularizationRecipe.DropoutSchedule) => recipe with { Dropout = everything.Dropout },
            _ => recipe with { LabelSmoothing = everything.LabelSmoothing },
        };
    }

    // Of members that have several kinds, those that the recipe of everything does not show.
    private static IEnumerable<RegularizationRecipe> OtherKinds =>
    [
        RegularizationRecipe.None with { Dropout = new GaussianDropout(0.2) },
        RegularizationRecipe.None with { Dropout = new AlphaDropout(0.1) },
        RegularizationRecipe.None with { Dropout = new SpatialDropout(0.2) },
        RegularizationRecipe.None with { Dropout = new DropConnect(0.3) },
        RegularizationRecipe.None with { Dropout = new DropConnect(0.3) { PerExample = true, Inference = DropConnectInference.MomentMatched } },
        RegularizationRecipe.None with { Dropout = new VariationalDropout() },
        RegularizationRecipe.None with { Dropout = new VariationalDropout { Rates = VariationalRates.Neuron } },
        RegularizationRecipe.None with { Dropout = new VariationalDropout { Rates = VariationalRates.Layer, WarmUpEpochs = 0, KlWeight = 0.1 } },
        RegularizationRecipe.None with { StochasticDepth = new StochasticDepth { Granularity = StochasticDepthGranularity.Batch } },
        RegularizationRecipe.None with { GradientClipping = GradientClipping.ByNorm(0.1) },
        RegularizationRecipe.None with { GradientClipping = GradientClipping.Adaptive(0.02) },
        RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Pgd(0.1, steps: 3) },
        RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Pgd(0.2, norm: AdversarialNorm.L2) with { Weight = 1, MaxValue = 3 } },
        RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Stochastic() },
    ];

    [TestMethod]
    public void Every_kind_is_among_the_recipes()
    {
        var severalKinds = typeof(RegularizationRecipe).GetProperties().Where(property => property.PropertyType is { IsAbstract: true } type && type != typeof(LearningRateSchedule) && property.SetMethod is not null).ToList();
        var shown = Recipes.SelectMany(row => severalKinds.Select(property => property.GetValue(row[0])))
            .OfType<object>().Select(kind => kind.GetType()).ToHashSet();
        var kinds = typeof(RegularizationRecipe).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && severalKinds.Any(property => type.IsSubclassOf(property.PropertyType)));
        CollectionAssert.IsSubsetOf(kinds.ToList(), shown.ToList());
    }

    private static IEnumerable<object[]> Cases =>
        from row in Recipes
        from task in LearningTasks.All
        select new[] { row[0], task.ToString() };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void It_trains_repeats_itself_survives_a_file_and_leaves_no_tensor(RegularizationRecipe recipe, string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var own = For(recipe, task);
        var view = new MLContext().Rows(150);
        Train(own, view, task);
        var tensors = LiveTensors.Settled();

        var model = Train(own, view, task);
        var history = model.GetNeuralNetwork().History;
        Assert.IsLessThan(history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);

        AssertEqual(EveryTask.Weights(model), EveryTask.Weights(Train(own, view, task)));
        Assert.AreEqual(tensors, torch.Tensor.TotalCount);

        using var file = new MemoryStream();
        new MLContext().Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        AssertEqual(EveryTask.Scores(model, view), EveryTask.Scores(loaded, view));
        Assert.AreEqual(own, loaded.GetNeuralNetwork().Recipe);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void It_makes_a_difference_or_is_refused_by_name(RegularizationRecipe recipe, string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var view = new MLContext().Rows(150);
        foreach (var (isAboutClasses, name) in new[]
        {
            (recipe.LabelSmoothing != 0, nameof(recipe.LabelSmoothing)), (recipe.ConfidencePenalty is not null, nameof(recipe.ConfidencePenalty)),
            (recipe.RDrop is not null, nameof(recipe.RDrop)),
        })
        {
            if (!EveryTask.HasClasses(task) && isAboutClasses)
            {
                var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Train(recipe with { EarlyStopping = null }, view, task));
                Assert.Contains(name, error.Message);
                return;
            }
        }

        // Early stopping makes its difference by which epoch the model is of.
        var without = recipe.PenalizeBiases ? recipe with { PenalizeBiases = false }
            : WithoutSchedules(recipe) != recipe && recipe.EarlyStopping is null ? WithoutSchedules(recipe)
            : recipe.UnmixedEpochs > 0 ? recipe with { UnmixedEpochs = 0 }
            : recipe is { RDrop: not null, EarlyStopping: null } ? recipe with { RDrop = null }
            : RegularizationRecipe.None;
        Assert.AreNotEqual(Sum(Train(For(without, task), view, task, ArchitectureFor(recipe))), Sum(Train(For(recipe, task), view, task)));

        static double Sum(ITransformer model) => EveryTask.Weights(model).Sum(tensor => tensor.Sum(value => (double)value * value));
    }

    /// <summary>The recipe, of a task without classes without what is about them.</summary>
    internal static RegularizationRecipe For(RegularizationRecipe recipe, LearningTask task)
    {
        var hasClasses = EveryTask.HasClasses(task);
        var own = recipe with
        {
            LabelSmoothing = hasClasses ? recipe.LabelSmoothing : 0,
            ConfidencePenalty = hasClasses ? recipe.ConfidencePenalty : null,
            RDrop = hasClasses ? recipe.RDrop : null,
        };
        if (!hasClasses && own.EarlyStopping is { } stopping)
            own = own with { EarlyStopping = stopping with { Metric = task.Headline.Metric, RetrainsOnAllRows = false } };
        return own;
    }

    // Stochastic depth needs blocks that can be skipped, spatial dropout feature maps, alpha dropout the activation whose moments it keeps.
    internal static NetworkArchitecture ArchitectureFor(RegularizationRecipe recipe) =>
        recipe.Dropout is SpatialDropout
        ? NetworkArchitecture.ConvNet(12) with { Pooling = Pooling.Stride, Normalization = Normalization.None }
        : recipe.StochasticDepth is null
        ? NetworkArchitecture.Mlp(12) with { Activation = recipe.Dropout is AlphaDropout ? Activation.SELU : Activation.ReLU }
        : NetworkArchitecture.ResidualMlp(8, 3);

    private static ITransformer Train(RegularizationRecipe recipe, IDataView view, LearningTask task, NetworkArchitecture? architecture = null)
    {
        var options = Options with { Recipe = recipe, MaxEpochs = 12, Architecture = architecture ?? ArchitectureFor(recipe) };
        if (options.Architecture.Takes.HasFlag(NetworkInputs.Images))
            options = options with { ImageShape = new ImageShape(2, 2) };
        return EveryTask.Trainer(new MLContext(seed: 4), task, options).Fit(view);
    }
}
