using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// Makes a tensor a module's parameter. TorchSharp's public constructor leaves the tensor it empties among the live ones that
/// <c>torch.Tensor.TotalCount</c> counts, one more for each parameter ever made; here the count stays true.
/// </summary>
internal static class ModuleParameter
{
    /// <param name="value">Becomes empty.</param>
    public static Parameter Of(Tensor value)
    {
        value.requires_grad_();
        return FromHandle(value.DecoupleFromNativeHandle());
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern Parameter FromHandle(IntPtr handle);
}
