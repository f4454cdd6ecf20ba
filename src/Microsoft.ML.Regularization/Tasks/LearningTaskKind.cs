namespace Microsoft.ML.Regularization;

/// <summary>The kinds of prediction that networks are trained for.</summary>
internal enum LearningTaskKind
{
    Multiclass,
    Binary,
    Regression,
}
