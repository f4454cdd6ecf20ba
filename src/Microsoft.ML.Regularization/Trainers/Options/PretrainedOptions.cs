namespace Microsoft.ML.Regularization;

/// <content>The options about published weights.</content>
public sealed partial record NeuralNetworkOptions
{
    /// <summary>
    /// Published weights that the network starts from, in place of random ones; its last layer is new. For networks that read images or texts;
    /// <see cref="Architecture"/> must be set, to the one that was published. Every member and every fold starts from them. Training on from a model goes on from the
    /// model's weights instead, and a student (<see cref="DistillInto"/>) starts anew. Default: null, random weights.
    /// </summary>
    public PretrainedWeights? Pretrained { get; init; }

    /// <summary>
    /// How far training may move published weights: which of them learn, how fast, and what pulls them back. Only with <see cref="Pretrained"/>. Where training goes on from a
    /// model, its weights are the starting point. Default: null, which means that all layers learn alike, and batch normalizations learn statistics.
    /// </summary>
    public FineTuning? FineTuning { get; init; }
}
