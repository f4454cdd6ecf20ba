using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Trains a neural network that classifies rows into two or more classes, on the cross entropy or the focal loss, with the regularization of a
/// <see cref="RegularizationRecipe"/>.
/// </summary>
/// <remarks>
/// <para>Input columns: features (vector of float of known size, or of keys for a text: see <see cref="NeuralNetworkOptions.FeatureColumnName"/>), label (key, or vector of float with a probability for each class), and
/// optionally example weights (float).</para>
/// <para>Output columns: <c>Score</c> (vector of float: the probability of each class, named by its slot names) and <c>PredictedLabel</c>
/// (key with the values of the label).</para>
/// <para>Normalization required: no, see <see cref="NeuralNetworkOptions.InputScaling"/>. Caching required: no, rows are kept in memory. Packages
/// required: Microsoft.ML.Regularization, and TorchSharp-cpu or a TorchSharp-cuda package.</para>
/// </remarks>
public sealed class NeuralNetworkMulticlassTrainer
    : NeuralNetworkTrainer<NeuralNetworkMulticlassTransformer, NeuralNetworkMulticlassModelParameters>
{
    internal const string LoadName = "NeuralNetworkMulticlass";

    internal NeuralNetworkMulticlassTrainer(IHostEnvironment env, NeuralNetworkOptions options)
        : base(env, LoadName, LearningTask.MulticlassClassification, options)
    {
    }

    private protected override NeuralNetworkMulticlassTransformer MakeTransformer(TrainedNetwork network, DataViewSchema scored) =>
        new(Host, new NeuralNetworkMulticlassModelParameters(Host, network), scored, Options.FeatureColumnName, Options.LabelColumnName);
}
