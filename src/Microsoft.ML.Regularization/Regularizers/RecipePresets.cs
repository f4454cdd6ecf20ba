namespace Microsoft.ML.Regularization;

/// <content>The presets.</content>
public sealed partial record RegularizationRecipe
{
    /// <summary>No regularization at all: the baseline to compare with.</summary>
    public static RegularizationRecipe None { get; } = new();

    /// <summary>
    /// Convolutional networks on images: weight decay and label smoothing, together with data augmentation in the pipeline. Weight sharing regularizes
    /// already, so no dropout; smoothing keeps a network that fits every training image from becoming ever more confident.
    /// </summary>
    public static RegularizationRecipe CnnImageClassification { get; } = new() { WeightDecay = 0.05, LabelSmoothing = 0.1 };

    /// <summary>
    /// Transformers on text: dropout, label smoothing, weight decay, and clipping, which transformers always need: rare words give rare, large gradients.
    /// </summary>
    public static RegularizationRecipe TransformerNlp { get; } = new()
    {
        WeightDecay = 0.01,
        LabelSmoothing = 0.1,
        Dropout = 0.1,
        GradientClipping = GradientClipping.ByNorm(1.0),
    };

    /// <summary>
    /// Vision transformers: DropPath, Mixup, label smoothing, strong weight decay, and clipping. Attention has few built-in assumptions about images, so it
    /// overfits where convolutions do not. Needs a network of residual blocks.
    /// </summary>
    public static RegularizationRecipe VisionTransformer { get; } = new()
    {
        WeightDecay = 0.05,
        LabelSmoothing = 0.1,
        StochasticDepth = new StochasticDepth { SurvivalProbability = 0.9, Granularity = StochasticDepthGranularity.Row },
        GradientClipping = GradientClipping.ByNorm(1.0),
        Augmentations = [new MixupOptions { Alpha = 0.2 }],
    };

    /// <summary>
    /// Recurrent networks: dropout, gradient clipping, weight decay. Gradients through many steps occasionally explode; clipping limits the damage of such a
    /// step.
    /// </summary>
    public static RegularizationRecipe RnnLstm { get; } = new()
    {
        WeightDecay = 0.01,
        Dropout = 0.3,
        GradientClipping = GradientClipping.ByNorm(1.0),
    };

    /// <summary>
    /// Small data sets: dropout, early stopping and weight decay, together with data augmentation such as Mixup. With few rows the number of epochs matters
    /// most, and only validation rows can determine it; early stopping then returns these rows to training.
    /// </summary>
    public static RegularizationRecipe SmallDataset { get; } = new()
    {
        WeightDecay = 0.05,
        Dropout = 0.2,
        EarlyStopping = new EarlyStopping(),
    };

    /// <summary>
    /// Fine-tuning of published weights, the default with <see cref="Microsoft.ML.Regularization.FineTuning.Probe"/>: dropout as most of these networks were trained with, a little weight decay, and clipping.
    /// A few epochs at a rate that falls to 0 need no early stopping, and all rows are trained on; where it is added, a fitted head is the first candidate.
    /// </summary>
    public static RegularizationRecipe FineTuning { get; } = new()
    {
        WeightDecay = 0.01,
        Dropout = 0.1,
        GradientClipping = GradientClipping.ByNorm(1.0),
    };

    /// <summary>
    /// Large data: weight decay and gradient clipping. Rows that are seen once cannot be memorized; more regularization would only underfit.
    /// </summary>
    public static RegularizationRecipe LargeScalePretraining { get; } = new()
    {
        WeightDecay = 0.1,
        GradientClipping = GradientClipping.ByNorm(1.0),
    };
}
