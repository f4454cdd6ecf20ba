using Microsoft.ML.Model.OnnxConverter;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>The rows that a scorer gives.</summary>
internal abstract class ScoringView(BoundScorer scorer) : DerivedView(scorer.Source), ITransformCanSaveOnnx
{
    public sealed override DataViewSchema Schema => scorer.Schema;

    protected BoundScorer Scorer => scorer;

    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx) => scorer.CanSaveOnnx(ctx);

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx) => scorer.SaveAsOnnx(ctx);

    void ICanSaveModel.Save(ModelSaveContext ctx) => scorer.Save(ctx);
}
