using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A model that ML.NET's ONNX converter can write as a step of a pipeline.</summary>
internal interface IConvertedModel : IBindableCanSaveOnnx
{
    /// <param name="graph">Where it is written.</param>
    /// <param name="binding">The columns that it reads.</param>
    /// <param name="outputs">The values to give: the predicted label, if there is one, then the model's own columns.</param>
    void Write(ConverterGraph graph, ModelBinding binding, string[] outputs);

    // What stands in the way is said when it is written: the converter itself would only say that something does.
    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => true;

    bool IBindableCanSaveOnnx.SaveAsOnnx(OnnxContext ctx, RoleMappedSchema schema, string[] outputNames)
    {
        ctx.CheckOpSetVersion(ConverterGraph.Opset, "NeuralNetwork");
        Write(new ConverterGraph(ctx), new ModelBinding(this, schema), outputNames);
        return true;
    }
}
