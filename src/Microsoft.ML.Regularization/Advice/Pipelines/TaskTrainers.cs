namespace Microsoft.ML.Regularization.Advice;

/// <summary>The trainer of each task.</summary>
internal static class TaskTrainers
{
    public static IEstimator<ITransformer> Make(MLContext ml, LearningTask task, NeuralNetworkOptions options) =>
        task == LearningTask.Regression ? new NeuralNetworkRegressionTrainer(ml, options)
        : task == LearningTask.BinaryClassification ? new NeuralNetworkBinaryTrainer(ml, options)
        : new NeuralNetworkMulticlassTrainer(ml, options);
}
