namespace Microsoft.ML.Regularization;

/// <summary>A trained neural network, whatever it predicts: shape, regularization, history and weights.</summary>
public interface INeuralNetwork
{
    /// <summary>The network's shape.</summary>
    NetworkArchitecture Architecture { get; }

    /// <summary>The regularization it was trained with.</summary>
    RegularizationRecipe Recipe { get; }

    /// <summary>How training went, epoch by epoch.</summary>
    TrainingHistory History { get; }

    /// <summary>The trained parameters, the running statistics of batch normalization, and the scaling of the features.</summary>
    IReadOnlyList<NetworkTensor> Weights { get; }

    internal TrainedNetwork Trained { get; }
}
