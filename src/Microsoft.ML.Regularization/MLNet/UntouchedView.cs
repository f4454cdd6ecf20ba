using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>
/// What a training-only transform gives outside of training: its source, and a trace that it was passed through. ONNX export, which walks
/// from transform to transform, passes through it too: there is nothing to export.
/// </summary>
internal sealed class UntouchedView(IDataView source, string name) : DerivedView(source), ITransformCanSaveOnnx
{
    /// <summary>What the transform is called in messages.</summary>
    public string Name { get; } = name;

    protected override DerivedView Rebind(IDataView source) => new UntouchedView(source, Name);

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx)
    {
    }

    // Models save transformers; views were saved before there were any.
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw Contracts.Except($"Save the fitted {Name}, not a view of its rows.");
}
