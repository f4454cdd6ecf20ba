namespace Microsoft.ML.Regularization.Export;

/// <summary>A setting of an operator.</summary>
/// <param name="Name">Its name in the ONNX standard.</param>
/// <param name="Value">A long, a float, a string, or several longs.</param>
internal readonly record struct OnnxAttribute(string Name, object Value);
