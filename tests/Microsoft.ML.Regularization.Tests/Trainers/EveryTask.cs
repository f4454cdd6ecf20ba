using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Trainers and scores of every task on the rows of <see cref="Example"/>.</summary>
internal static class EveryTask
{
    public static string LabelOf(LearningTask task) => task switch
    {
        _ when task == LearningTask.MulticlassClassification => nameof(Example.Label),
        _ when task == LearningTask.BinaryClassification => nameof(Example.Flag),
        _ => nameof(Example.Target),
    };

    public static IEstimator<ITransformer> Trainer(MLContext ml, LearningTask task, NeuralNetworkOptions options)
    {
        var own = options with { LabelColumnName = LabelOf(task) };
        return task switch
        {
            _ when task == LearningTask.MulticlassClassification => ml.MulticlassClassification.Trainers.NeuralNetwork(own),
            _ when task == LearningTask.BinaryClassification => ml.BinaryClassification.Trainers.NeuralNetwork(own),
            _ => ml.Regression.Trainers.NeuralNetwork(own),
        };
    }

    public static List<float[]> Scores(ITransformer model, IDataView view)
    {
        var scored = model.Transform(view);
        return HasVectors(scored.Schema)
            ? SmallNetwork.Scores(scored)
            : [.. scored.GetColumn<float>("Score").Select(score => new[] { score })];
    }

    /// <summary>Whether a score is several numbers.</summary>
    public static bool HasVectors(DataViewSchema scored) => scored["Score"].Type is VectorDataViewType;

    /// <summary>Whether labels are of classes; else they are numbers.</summary>
    public static bool HasClasses(LearningTask task) => task.Offers.HasFlag(Capabilities.Classes);

    public static List<float[]> Weights(ITransformer model) => [.. model.GetNeuralNetwork().Weights.Select(tensor => tensor.Values.ToArray())];
}
