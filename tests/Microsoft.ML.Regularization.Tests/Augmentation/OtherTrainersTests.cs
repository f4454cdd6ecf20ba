namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>ML.NET's own trainers of several passes, which count on reading the same rows in each, behind augmentations. The truth is linear and known.</summary>
[TestClass]
public sealed class OtherTrainersTests
{
    private const int Rows = 1000;

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Augmentations =>
        from options in new AugmentationOptions[]
        {
            new GaussianNoiseOptions { Scale = 0.1 },
            new FeatureDropoutOptions { Rate = 0.1 },
            new CutoutOptions { Shape = new ImageShape(4, 4), HoleSize = 1 },
            new MixupOptions { LabelMode = LabelMode.WeightedPairs },
            new SometimesOptions { Augmentation = new FeatureSwapOptions { Rate = 0.1 } },
        }
        from isCached in new[] { true, false }
        select new object[] { options.WithSeed(3), isCached };

    // Trainers that take no example weights cannot learn from weighted pairs.
    private static IEnumerable<object[]> Unweighted => Augmentations.Where(row => row[0] is not MixupOptions);

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void Sdca_learns_what_it_learns_without(AugmentationOptions options, bool isCached) =>
        Assert.IsGreaterThan(0.95, Regression(options, isCached, weight => _ml.Regression.Trainers.Sdca(exampleWeightColumnName: weight)));

    [TestMethod]
    [DynamicData(nameof(Unweighted))]
    public void Online_gradient_descent_learns_what_it_learns_without(AugmentationOptions options, bool isCached) =>
        Assert.IsGreaterThan(0.95, Regression(options, isCached, _ => _ml.Regression.Trainers.OnlineGradientDescent(learningRate: 0.01f, numberOfIterations: 20)));

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void Poisson_regression_learns_what_it_learns_without(AugmentationOptions options, bool isCached) =>
        Assert.IsGreaterThan(0.9, Regression(options, isCached, weight => _ml.Regression.Trainers.LbfgsPoissonRegression("Events", exampleWeightColumnName: weight), "Events"));

    [TestMethod]
    [DynamicData(nameof(Unweighted))]
    public void Averaged_perceptron_learns_what_it_learns_without(AugmentationOptions options, bool isCached)
    {
        var model = new TrainingOnlyEstimator(_ml, options)
            .Append(_ml.BinaryClassification.Trainers.AveragedPerceptron("IsHigh", numberOfIterations: 10)).Fit(View(isCached));
        Assert.IsGreaterThan(0.93, _ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(Unseen), "IsHigh").Accuracy);
    }

    private IDataView Unseen => _ml.Data.LoadFromEnumerable(LinearExample.Generate(Rows, seed: 2));

    private double Regression<TTransformer>(
        AugmentationOptions options, bool isCached, Func<string?, IEstimator<TTransformer>> trainer, string label = "Label")
        where TTransformer : class, ITransformer
    {
        var mixed = options is MixupOptions mixup ? mixup with { LabelColumnName = label } : options;
        var model = new TrainingOnlyEstimator(_ml, mixed).Append(trainer(options is MixupOptions ? "Weight" : null)).Fit(View(isCached));
        return _ml.Regression.Evaluate(model.Transform(Unseen), label).RSquared;
    }

    private IDataView View(bool isCached)
    {
        var view = _ml.Data.LoadFromEnumerable(LinearExample.Generate(Rows));
        return isCached ? _ml.Data.Cache(view) : view;
    }
}
