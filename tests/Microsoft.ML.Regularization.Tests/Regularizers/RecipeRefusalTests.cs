using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

/// <summary>Recipes out of range, and techniques that do not fit the network.</summary>
[TestClass]
public sealed class RecipeRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("attacks on categories alone", () => Trainer(Quick with { FeatureColumnName = null, CategoricalColumnNames = ["Kind"], Recipe = RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) } }), "AdversarialTraining is", "CategoricalColumnNames names 'Kind'", "cannot be moved"),
        Case("WeightDecay", () => TrainerWith(recipe => recipe with { WeightDecay = -0.01 }), "WeightDecay", "at least 0", "-0.01"),
        Case("WeightDecay of factors that are decayed 36 times as much", () => Trainer(Quick with { Architecture = NetworkArchitecture.RealMlp(), LearningRate = 1, Recipe = RegularizationRecipe.None with { WeightDecay = 0.03 } }), "LearningRate * WeightDecay must be below 1 / 36", "0.03"),
        Case("L2", () => TrainerWith(recipe => recipe with { L2 = -1 }), "L2", "at least 0", "-1"),
        Case("L1", () => TrainerWith(recipe => recipe with { L1 = double.NaN }), "L1", "at least 0", "NaN"),
        Case("MaxNorm", () => TrainerWith(recipe => recipe with { MaxNorm = 0 }), "MaxNorm", "above 0", "0"),
        Case("ConfidencePenalty", () => TrainerWith(recipe => recipe with { ConfidencePenalty = -0.1 }), "ConfidencePenalty.Weight", "at least 0", "-0.1"),
        Case("EntropyThreshold", () => TrainerWith(recipe => recipe with { ConfidencePenalty = new ConfidencePenalty(0.1) { EntropyThreshold = -1 } }), "ConfidencePenalty.EntropyThreshold", "at least 0", "-1"),
        Case("LabelSmoothing", () => TrainerWith(recipe => recipe with { LabelSmoothing = 1 }), "LabelSmoothing", "below 1", "1"),
        Case("WeightDecaySchedule by plateaus", () => TrainerWith(recipe => recipe with { WeightDecaySchedule = LearningRateSchedule.ReduceOnPlateau() }), "WeightDecaySchedule is ReduceOnPlateauSchedule", "share of the run", "LogCosine"),
        Case("LabelSmoothingSchedule of one cycle", () => TrainerWith(recipe => recipe with { LabelSmoothingSchedule = LearningRateSchedule.OneCycle() }), "LabelSmoothingSchedule is OneCycleSchedule", "share of the run"),
        Case("DropoutSchedule by epochs", () => TrainerWith(recipe => recipe with { DropoutSchedule = LearningRateSchedule.Step() }), "DropoutSchedule is StepSchedule", "share of the run"),
        Case("DropoutSchedule out of range", () => TrainerWith(recipe => recipe with { DropoutSchedule = new LogCosineSchedule { Cycles = 0 } }), "LogCosineSchedule.Cycles", "from 1 to 16", "0"),
        Case("DropoutSchedule of learned rates", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout(), DropoutSchedule = LearningRateSchedule.Cosine() }), "DropoutSchedule changes", "variational dropout", "one rate"),
        Case("DropoutSchedule of matched moments", () => TrainerWith(recipe => recipe with { Dropout = new DropConnect(0.2) { Inference = DropConnectInference.MomentMatched }, DropoutSchedule = LearningRateSchedule.Cosine() }), "DropoutSchedule changes", "matched moments", "one rate"),
        Case("Dropout", () => TrainerWith(recipe => recipe with { Dropout = 1.0 }), "Dropout.DropProbability", "below 1", "1"),
        Case("Dropout negative", () => TrainerWith(recipe => recipe with { Dropout = -0.5 }), "Dropout.DropProbability", "at least 0", "-0.5"),
        Case("Gaussian dropout", () => TrainerWith(recipe => recipe with { Dropout = new GaussianDropout(1) }), "Dropout.DropProbability", "below 1", "1"),
        Case("Alpha dropout", () => TrainerWith(recipe => recipe with { Dropout = new AlphaDropout(1) }), "Dropout.DropProbability", "below 1", "1"),
        Case("Alpha dropout without SELU", () => TrainerWith(recipe => recipe with { Dropout = new AlphaDropout(0.1) }), "Dropout is AlphaDropout", "0.1", "Activation is ReLU", "SELU"),
        Case("Spatial dropout", () => TrainerWith(recipe => recipe with { Dropout = new SpatialDropout(1) }), "Dropout.DropProbability", "below 1", "1"),
        Case("Spatial dropout without maps", () => TrainerWith(recipe => recipe with { Dropout = new SpatialDropout(0.1) }), "Dropout is SpatialDropout", "0.1", "Mlp(", "feature maps"),
        Case("DropConnect", () => TrainerWith(recipe => recipe with { Dropout = new DropConnect(-0.1) }), "Dropout.DropProbability", "at least 0", "-0.1"),
        Case("Inference", () => TrainerWith(recipe => recipe with { Dropout = new DropConnect(0.5) { Inference = (DropConnectInference)5 } }), "Dropout.Inference", "Mean, MomentMatched", "5"),
        Case("Rates", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { Rates = (VariationalRates)5 } }), "Dropout.Rates", "Weight, Neuron, Layer", "5"),
        Case("KlWeight", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { KlWeight = -1 } }), "Dropout.KlWeight", "at least 0", "-1"),
        Case("WarmUpEpochs", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { WarmUpEpochs = -1 } }), "Dropout.WarmUpEpochs", "at least 0", "-1"),
        Case("PruneThreshold", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { PruneThreshold = double.NaN } }), "Dropout.PruneThreshold", "at least 0", "NaN"),
        Case("InitialAlpha", () => TrainerWith(recipe => recipe with { Dropout = new VariationalDropout { InitialAlpha = 0 } }), "Dropout.InitialAlpha", "above 0", "0"),
        Case("SurvivalProbability", () => ResidualTrainerWith(new() { SurvivalProbability = 0 }), "StochasticDepth.SurvivalProbability", "above 0 and at most 1", "0"),
        Case("SurvivalProbability above 1", () => ResidualTrainerWith(new() { SurvivalProbability = 1.5 }), "StochasticDepth.SurvivalProbability", "at most 1", "1.5"),
        Case("Schedule of stochastic depth", () => ResidualTrainerWith(new() { Schedule = (StochasticDepthSchedule)9 }), "StochasticDepth.Schedule", "Linear, Constant", "9"),
        Case("Granularity", () => ResidualTrainerWith(new() { Granularity = (StochasticDepthGranularity)9 }), "StochasticDepth.Granularity", "Batch, Row", "9"),
        Case("Form", () => ResidualTrainerWith(new() { Form = (StochasticDepthForm)9 }), "StochasticDepth.Form", "Inverted, Original", "9"),
        Case("attacks on keys", () => Trainer(Quick with { CategoricalColumnNames = ["Kind"], Recipe = RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) } }), "AdversarialTraining is", "CategoricalColumnNames names 'Kind'", "cannot be moved"),
        Case("stochastic depth without blocks", () => TrainerWith(recipe => recipe with { StochasticDepth = new() }), "StochasticDepth is stochastic depth 0.8", "Architecture is Mlp(4)", "no residual blocks"),
        Case("MaxNorm", () => TrainerWith(recipe => recipe with { GradientClipping = GradientClipping.ByNorm(0) }), "GradientClipping.MaxNorm", "above 0", "0"),
        Case("MaxValue", () => TrainerWith(recipe => recipe with { GradientClipping = GradientClipping.ByValue(-1) }), "GradientClipping.MaxValue", "above 0", "-1"),
        Case("MaxRatio", () => TrainerWith(recipe => recipe with { GradientClipping = GradientClipping.Adaptive(0) }), "GradientClipping.MaxRatio", "above 0", "0"),
        Case("Decay", () => TrainerWith(recipe => recipe with { WeightAveraging = WeightAveraging.Exponential(1) }), "WeightAveraging.Decay", "below 1", "1"),
        Case("StartFraction", () => TrainerWith(recipe => recipe with { WeightAveraging = WeightAveraging.Stochastic(1) }), "WeightAveraging.StartFraction", "below 1", "1"),
        Case("EveryEpochs of averages", () => TrainerWith(recipe => recipe with { WeightAveraging = WeightAveraging.Stochastic(everyEpochs: 0) }), "WeightAveraging.EveryEpochs", "at least 1", "0"),
        Case("Rho", () => TrainerWith(recipe => recipe with { SharpnessAware = new() { Rho = 0 } }), "SharpnessAware.Rho", "above 0", "0"),
        Case("Alpha of manifold mixup", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Alpha = 0 } }), "ManifoldMixup.Alpha", "above 0", "0"),
        Case("Layers", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Layers = [0, -1] } }), "ManifoldMixup.Layers[1]", "at least 0", "-1"),
        Case("Layers named twice", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Layers = [1, 0, 1] } }), "ManifoldMixup.Layers", "layer 1 twice"),
        Case("no Layers", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Layers = [] } }), "ManifoldMixup.Layers", "must name a layer"),
        Case("Layers that are not there", () => TrainerWith(recipe => recipe with { ManifoldMixup = new() { Layers = [0, 2] } }), "ManifoldMixup.Layers", "layer 2", "Architecture Mlp(4)", "is 1"),
        Case("Epsilon", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0) }), "AdversarialTraining.Epsilon", "above 0", "0"),
        Case("Weight of attacked rows", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) with { Weight = 0 } }), "AdversarialTraining.Weight", "above 0 and at most 1", "0"),
        Case("MinValue above MaxValue", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) with { MinValue = 1, MaxValue = 0.5 } }), "AdversarialTraining.MinValue", "below AdversarialTraining.MaxValue", "1 and 0.5"),
        Case("MaxValue NaN", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) with { MaxValue = double.NaN } }), "AdversarialTraining.MaxValue", "finite", "NaN"),
        Case("Steps", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Pgd(0.1, steps: 0) }), "AdversarialTraining.Steps", "from 1 to 1000", "0"),
        Case("StepSize", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Pgd(0.1, stepSize: -1) }), "AdversarialTraining.StepSize", "above 0", "-1"),
        Case("Norm", () => TrainerWith(recipe => recipe with { AdversarialTraining = AdversarialTraining.Pgd(0.1, norm: (AdversarialNorm)5) }), "AdversarialTraining.Norm", "LInfinity, L2", "5"),
        Case("Patience", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { Patience = 0 } }), "EarlyStopping.Patience", "at least 1", "0"),
        Case("MinImprovement", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { MinImprovement = -1 } }), "EarlyStopping.MinImprovement", "at least 0", "-1"),
        Case("Metric", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { Metric = (ValidationMetric)50 } }), "EarlyStopping.Metric", "Loss, Accuracy", "50"),
        Case("WarmUpEpochs", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { WarmUpEpochs = -1 } }), "EarlyStopping.WarmUpEpochs", "at least 0", "-1"),
        Case("MinRelativeImprovement", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { MinRelativeImprovement = 1 } }), "EarlyStopping.MinRelativeImprovement", "below 1", "1"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static NeuralNetworkMulticlassTrainer ResidualTrainerWith(StochasticDepth depth) =>
        Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp(4, 2), Recipe = RegularizationRecipe.None with { StochasticDepth = depth } });
}
