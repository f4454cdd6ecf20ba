namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>An operator of an ONNX graph.</summary>
/// <param name="Operation">Its name in the standard.</param>
/// <param name="Inputs">Values that it takes.</param>
/// <param name="Outputs">Values that it gives.</param>
/// <param name="Numbers">Its settings that are whole numbers.</param>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, long> Numbers)
{
    /// <summary>The value it gives; for operators that give several, the first one.</summary>
    public string Output => Outputs.Count > 0 ? Outputs[0] : "";

    /// <summary>A value that it takes; empty where there is none.</summary>
    public string Input(int place) => place < Inputs.Count ? Inputs[place] : "";
}
