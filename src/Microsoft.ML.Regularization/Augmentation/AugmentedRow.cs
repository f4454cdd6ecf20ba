namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The inputs of an augmenter.</summary>
/// <param name="Row">Stands on one row of the source after another.</param>
/// <param name="Partners">Where other rows come from; null for augmentations that need none.</param>
/// <param name="MixesRows">False in a pass that is not to mix rows; augmentations that do leave all rows as they are.</param>
internal sealed record AugmentedRow(DataViewRow Row, PartnerRows? Partners, bool MixesRows)
{
    /// <summary>The getter of the source's own column of that name.</summary>
    public ValueGetter<TValue> GetGetter<TValue>(string column) => Row.GetGetter<TValue>(Row.Schema[column]);
}
