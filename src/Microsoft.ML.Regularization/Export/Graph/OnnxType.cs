namespace Microsoft.ML.Regularization.Export;

/// <summary>Types of numbers, by their numbers in the ONNX standard.</summary>
internal enum OnnxType
{
    Single = 1,
    Int32 = 6,
    Int64 = 7,
    Boolean = 9,
    UInt32 = 12,
}
