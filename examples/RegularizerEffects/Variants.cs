using Microsoft.ML.Regularization;

namespace RegularizerEffects;

/// <summary>Each regularizer alone, with usual settings that no test row has chosen, and the presets.</summary>
internal static class Variants
{
    private static readonly RegularizationRecipe None = RegularizationRecipe.None;

    /// <summary>What every other one is compared with, of its own network.</summary>
    public static Variant Baseline { get; } = new("none");

    private static readonly Variant Residual = new("none") { Architecture = NetworkArchitecture.ResidualMlp(96, 3) };

    private static readonly Variant Selu = new("none") { Architecture = NetworkArchitecture.Mlp(128, 128) with { Activation = Activation.SELU } };

    public static IReadOnlyList<Variant> All { get; } =
    [
        Baseline,
        new("weight decay 0.05") { Recipe = None with { WeightDecay = 0.05 } },
        new("L2 0.001") { Recipe = None with { L2 = 0.001 } },
        new("L1 0.0005") { Recipe = None with { L1 = 0.0005 } },
        new("elastic net 0.0005 + 0.001") { Recipe = None with { L1 = 0.0005, L2 = 0.001 } },
        new("max-norm 1") { Recipe = None with { MaxNorm = 1 } },
        new("label smoothing 0.1") { Recipe = None with { LabelSmoothing = 0.1 } },
        new("confidence penalty 0.1") { Recipe = None with { ConfidencePenalty = 0.1 } },
        new("dropout 0.2") { Recipe = None with { Dropout = 0.2 } },
        new("dropout 0.5") { Recipe = None with { Dropout = 0.5 } },
        new("Gaussian dropout 0.5") { Recipe = None with { Dropout = Dropout.Gaussian(0.5) } },
        new("DropConnect 0.5") { Recipe = None with { Dropout = new DropConnect(0.5) } },
        new("DropConnect 0.5, matched moments")
        {
            Recipe = None with { Dropout = new DropConnect(0.5) { Inference = DropConnectInference.MomentMatched } },
        },
        new("variational dropout") { Recipe = None with { Dropout = new VariationalDropout() } },
        new("variational dropout, KL weight 0.01") { Recipe = None with { Dropout = new VariationalDropout { KlWeight = 0.01 } } },
        new("Mixup 0.2") { Recipe = None with { Augmentations = [new MixupOptions { Alpha = 0.2 }] } },
        new("manifold mixup 2") { Recipe = None with { ManifoldMixup = new ManifoldMixup() } },
        new("FGSM 0.1") { Recipe = None with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) } },
        new("PGD 0.1, 5 steps") { Recipe = None with { AdversarialTraining = AdversarialTraining.Pgd(0.1, steps: 5) } },
        new("sharpness-aware 0.05") { Recipe = None with { SharpnessAware = new SharpnessAwareMinimization() } },
        new("weight averaging 0.99") { Recipe = None with { WeightAveraging = WeightAveraging.Exponential(0.99) } },
        new("stochastic weight averaging") { Recipe = None with { WeightAveraging = WeightAveraging.Stochastic() } },
        new("gradient clipping, norm 1") { Recipe = None with { GradientClipping = GradientClipping.ByNorm() } },
        new("gradient clipping, value 0.5") { Recipe = None with { GradientClipping = GradientClipping.ByValue() } },
        new("gradient clipping, adaptive 0.01") { Recipe = None with { GradientClipping = GradientClipping.Adaptive() } },
        new("early stopping, not retrained") { Recipe = None with { EarlyStopping = new EarlyStopping { RetrainsOnAllRows = false } } },
        new("early stopping") { Recipe = None with { EarlyStopping = new EarlyStopping() } },
        new("no input scaling") { Change = options => options with { InputScaling = InputScaling.None } },
        new("focal loss 2") { Change = options => options with { Loss = LossFunction.Focal() } },
        new("preset SmallDataset") { Recipe = RegularizationRecipe.SmallDataset },
        new("preset SmallDataset + Mixup 0.2") { Recipe = RegularizationRecipe.SmallDataset with { Augmentations = [new MixupOptions { Alpha = 0.2 }] } },
        new("preset CnnImageClassification") { Recipe = RegularizationRecipe.CnnImageClassification },
        new("preset TransformerNlp") { Recipe = RegularizationRecipe.TransformerNlp },
        new("preset RnnLstm") { Recipe = RegularizationRecipe.RnnLstm },
        new("preset LargeScalePretraining") { Recipe = RegularizationRecipe.LargeScalePretraining },
        Residual with { Name = "residual network: none", Against = null },
        Residual with { Name = "residual network: stochastic depth 0.8", Recipe = None with { StochasticDepth = new StochasticDepth() }, Against = "residual network: none" },
        Residual with { Name = "residual network: preset VisionTransformer", Recipe = RegularizationRecipe.VisionTransformer, Against = "residual network: none" },
        Selu with { Name = "SELU network: none", Against = null },
        Selu with { Name = "SELU network: alpha dropout 0.1", Recipe = None with { Dropout = Dropout.Alpha(0.1) }, Against = "SELU network: none" },
    ];
}
