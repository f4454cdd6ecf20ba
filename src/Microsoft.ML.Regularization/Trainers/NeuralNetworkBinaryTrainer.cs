using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Trains a neural network for binary classification, on the cross entropy or the focal loss, with the regularization of a
/// <see cref="RegularizationRecipe"/>.
/// </summary>
/// <remarks>
/// <para>Input columns: features (vector of float of known size, or of keys for a text: see <see cref="NeuralNetworkOptions.FeatureColumnName"/>), label (boolean, or vector of two floats with the probabilities of false and of true),
/// and optionally example weights (float).</para>
/// <para>Output columns: <c>Score</c> (float: the logit), <c>Probability</c> (float: of true, the sigmoid of the score) and <c>PredictedLabel</c> (boolean:
/// whether the score is above 0). Probabilities depend on the loss: balanced classes, focal loss and softened labels move them away from the frequencies of
/// the rows. To correct this, fit <c>ml.BinaryClassification.Calibrators</c> on rows that were not trained on.</para>
/// <para>Normalization required: no, see <see cref="NeuralNetworkOptions.InputScaling"/>. Caching required: no, rows are kept in memory. Packages
/// required: Microsoft.ML.Regularization, and TorchSharp-cpu or a TorchSharp-cuda package.</para>
/// </remarks>
public sealed class NeuralNetworkBinaryTrainer
    : NeuralNetworkTrainer<NeuralNetworkBinaryTransformer, NeuralNetworkBinaryModelParameters>
{
    internal const string LoadName = "NeuralNetworkBinary";

    internal NeuralNetworkBinaryTrainer(IHostEnvironment env, NeuralNetworkOptions options)
        : base(env, LoadName, LearningTask.BinaryClassification, options)
    {
    }

    private protected override NeuralNetworkBinaryTransformer MakeTransformer(TrainedNetwork network, DataViewSchema scored) =>
        new(Host, new NeuralNetworkBinaryModelParameters(Host, network), scored, Options.FeatureColumnName);
}
