namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Where a slot's gradient is.</summary>
/// <param name="Start">The gradients' address.</param>
/// <param name="Places">Which of them is a slot's, from 1; null where each slot has one.</param>
/// <param name="Width">Numbers of a slot's.</param>
internal readonly record struct SlotGradients(nint Start, int[]? Places, int Width)
{
    public unsafe float* At(int slot) => (float*)Start + (nint)(Places is null ? slot : Places[slot] - 1) * Width;
}
