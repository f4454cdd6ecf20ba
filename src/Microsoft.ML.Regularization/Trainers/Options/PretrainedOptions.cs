namespace Microsoft.ML.Regularization;

/// <content>The options about published weights.</content>
public sealed partial record NeuralNetworkOptions
{
    /// <summary>
    /// Weights that the network starts from, in place of random ones; its last layer is new. Published ones are for networks that read images or texts; those that
    /// <see cref="NeuralNetworkTrainer{TTransformer, TModel}.Pretrain"/> made of rows without labels for tables and texts, and bring the scales of the numbers with them.
    /// <see cref="Architecture"/> must be set, to the one that was trained. Every member and every fold starts from them. Training on from a model goes on from the
    /// model's weights instead, and a student (<see cref="DistillInto"/>) starts anew. Default: null, random weights.
    /// </summary>
    public PretrainedWeights? Pretrained { get; init; }

    /// <summary>
    /// How far training may move the weights that it starts from: which of them learn, how fast, and what pulls them back. They are published ones, see <see cref="Pretrained"/>, or those of the
    /// model that training goes on from, whose last layer is pulled back as the others are. A fit that starts from neither is refused. With a <see cref="FineTuning.Probe"/> options that are null are those of fine-tuning: <see cref="RegularizationRecipe.FineTuning"/>, 6 epochs of
    /// batches of 16 at a learning rate of 2e-4, which rises over the first tenth of the steps and then falls linearly. Default: null, which means that all layers learn alike, and batch normalizations learn statistics.
    /// </summary>
    public FineTuning? FineTuning { get; init; }
}
