using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>The score columns that evaluators and tools of ML.NET know.</summary>
internal static class ScoreSchemas
{
    /// <summary>Score and probability of true.</summary>
    public static DataViewSchema Binary() => ScoreSchemaFactory.CreateBinaryClassificationSchema();

    /// <summary>The score of each class.</summary>
    public static DataViewSchema Classes(DataViewType type) => ScoreSchemaFactory.Create(type, AnnotationUtils.Const.ScoreColumnKind.MulticlassClassification);

    /// <summary>The predicted number.</summary>
    public static DataViewSchema Number() => ScoreSchemaFactory.Create(NumberDataViewType.Single, AnnotationUtils.Const.ScoreColumnKind.Regression);

    /// <summary>The annotations of a column that a trained model writes.</summary>
    /// <param name="isProbability">Whether its numbers are probabilities.</param>
    public static SchemaShape OutputAnnotations(bool isProbability = false) => new(AnnotationUtils.GetTrainerOutputAnnotation(isProbability));

    /// <summary>The annotations of the scores of classes.</summary>
    /// <param name="label">The key that is predicted.</param>
    public static SchemaShape ClassScoreAnnotations(SchemaShape.Column label) => new(AnnotationUtils.AnnotationsForMulticlassScoreColumn(label));

    /// <summary>The annotations of a predicted key: what its values stand for, and that a model writes it.</summary>
    /// <param name="label">The key that is predicted.</param>
    public static SchemaShape PredictedKeyAnnotations(SchemaShape.Column label) =>
        new(label.Annotations.Where(annotation => annotation.Name == AnnotationUtils.Kinds.KeyValues).Concat(AnnotationUtils.GetTrainerOutputAnnotation()));
}
