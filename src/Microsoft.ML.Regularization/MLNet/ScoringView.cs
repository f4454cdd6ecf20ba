using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>The rows that a scorer gives.</summary>
internal abstract class ScoringView(BoundScorer scorer) : DerivedView(scorer.Source), IDataTransform
{
    public sealed override DataViewSchema Schema => scorer.Schema;

    protected BoundScorer Scorer => scorer;

    void ICanSaveModel.Save(ModelSaveContext ctx) => scorer.Save(ctx);
}
