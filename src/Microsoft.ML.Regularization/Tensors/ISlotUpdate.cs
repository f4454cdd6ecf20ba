namespace Microsoft.ML.Regularization.Tensors;

/// <summary>What updates the slots of a <see cref="SlotMatrix"/> that were touched, and lets the others wait.</summary>
internal interface ISlotUpdate
{
    /// <summary>Gives the touched slots of these numbers the weights that they would have if none ever waited.</summary>
    void BringUpToDate(SlotMatrix matrix, int first, int end);
}
