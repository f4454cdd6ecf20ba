using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Trains a neural network that predicts a number, on the squared, absolute or Huber loss, with the regularization of a
/// <see cref="RegularizationRecipe"/>.
/// </summary>
/// <remarks>
/// <para>Input columns: features (vector of float of known size, or of keys for a text: see <see cref="NeuralNetworkOptions.FeatureColumnName"/>), label (float; the network learns it in units of its standard deviation, and the score
/// is in its own units), and optionally example weights (float).</para>
/// <para>Output column: <c>Score</c> (float).</para>
/// <para>Normalization required: no, see <see cref="NeuralNetworkOptions.InputScaling"/>. Caching required: no, rows are kept in memory. Packages
/// required: Microsoft.ML.Regularization, and TorchSharp-cpu or a TorchSharp-cuda package.</para>
/// </remarks>
public sealed class NeuralNetworkRegressionTrainer
    : NeuralNetworkTrainer<NeuralNetworkRegressionTransformer, NeuralNetworkRegressionModelParameters>
{
    internal const string LoadName = "NeuralNetworkRegression";

    internal NeuralNetworkRegressionTrainer(IHostEnvironment env, NeuralNetworkOptions options)
        : base(env, LoadName, LearningTask.Regression, options)
    {
    }

    private protected override NeuralNetworkRegressionTransformer MakeTransformer(TrainedNetwork network, DataViewSchema scored) =>
        new(Host, new NeuralNetworkRegressionModelParameters(Host, network), scored, Options.FeatureColumnName);
}
