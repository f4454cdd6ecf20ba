using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization;

/// <summary>The tasks that networks can be trained for, as members of <see cref="LearningTask"/>: <c>LearningTask.Regression</c>.</summary>
public static class LearningTasks
{
    private static readonly LearningTask Multiclass = new MulticlassClassificationTask();
    private static readonly LearningTask Binary = new BinaryClassificationTask();
    private static readonly LearningTask Number = new RegressionTask();

    /// <summary>All tasks.</summary>
    internal static IReadOnlyList<LearningTask> All { get; } = [Multiclass, Binary, Number];

    extension(LearningTask)
    {
        /// <summary>One of several classes: key labels, or vectors of their probabilities.</summary>
        public static LearningTask MulticlassClassification => Multiclass;

        /// <summary>True or false: boolean labels, or vectors of the probabilities of both.</summary>
        public static LearningTask BinaryClassification => Binary;

        /// <summary>A number.</summary>
        public static LearningTask Regression => Number;
    }

    /// <summary>The task with the given name; null if there is none.</summary>
    internal static LearningTask? Find(string name) => All.FirstOrDefault(task => task.Name == name);
}
