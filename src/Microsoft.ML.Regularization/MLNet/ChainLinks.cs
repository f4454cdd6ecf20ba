using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>The transformers of a model in their order, those of inner chains in the place of the chain, each with the scope it is part of.</summary>
internal static class ChainLinks
{
    public static IEnumerable<(ITransformer Transformer, TransformerScope Scope)> Of(ITransformer model, TransformerScope scope = TransformerScope.Everything) =>
        model is ITransformerChainAccessor chain
            ? chain.Transformers.Zip(chain.Scopes, (transformer, inner) => Of(transformer, inner)).SelectMany(links => links)
            : [(model, scope)];
}
