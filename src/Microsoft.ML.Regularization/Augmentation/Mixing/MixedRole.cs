namespace Microsoft.ML.Regularization;

/// <summary>What a column is to a mixture.</summary>
internal enum MixedRole
{
    /// <summary>Passed through from the row itself.</summary>
    None,

    Features,

    Label,

    Weight,
}
