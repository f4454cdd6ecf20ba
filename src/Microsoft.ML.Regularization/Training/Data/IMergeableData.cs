namespace Microsoft.ML.Regularization.Training;

/// <summary>Rows of which those to validate on can be trained on in the end.</summary>
internal interface IMergeableData : ITrainingData
{
    /// <summary>Puts the validation rows among the training rows, for good. False where they are of a set of their own, and stay apart.</summary>
    bool TryMergeValidation();
}
