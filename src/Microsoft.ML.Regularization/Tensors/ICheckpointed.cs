namespace Microsoft.ML.Regularization.Tensors;

/// <summary>A part of a training run that changes from step to step or from epoch to epoch.</summary>
internal interface ICheckpointed
{
    /// <summary>
    /// Names everything that lasts. One method writes and reads, so that nothing can be written that is not read: a value is handed over and comes back as it
    /// is while writing, and as it was while reading; a tensor is read from or written into.
    /// </summary>
    void Checkpoint(CheckpointState state);
}
