using Microsoft.ML.Regularization.Structure;

namespace Microsoft.ML.Regularization.Tests.Build;

[TestClass]
public sealed class BareCodeTests
{
    [TestMethod]
    [DataRow("a; // Gone", "a; ")]
    [DataRow("a /* Gone */ b", "a  b")]
    [DataRow("f(\"Gone \\\" gone\", b)", "f(, b)")]
    [DataRow("f(@\"Gone \"\" gone\", b)", "f(@, b)")]
    [DataRow("f(\"\"\"Gone \"gone\" \"\"\", b)", "f(, b)")]
    [DataRow("f($\"Gone {Kept:0} {{gone}}\", b)", "f($ Kept:0 , b)")]
    [DataRow("f('\"', B, '\\'', C)", "f(, B, , C)")]
    public void Only_code_remains(string source, string expected) => Assert.AreEqual(expected, BareCode.Of(source));
}
