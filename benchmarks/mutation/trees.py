"""Claims as syntax trees, and as exact Python."""

import ast
from typing import Any


def compiled(claim: str) -> Any:
    """Code that evaluates a claim in fractions."""

    class Exact(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            return ast.Call(ast.Name("F", ast.Load()), [node], [])

        def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
            if isinstance(node.op, ast.Pow):  # the exponent stays an integer
                node.left = self.visit(node.left)
                return node
            return self.generic_visit(node)

    tree = Exact().visit(ast.parse(claim, mode="eval"))
    return compile(ast.fix_missing_locations(tree), "claim", "eval")


class Replace(ast.NodeTransformer):
    """Puts an expression in the place of one node."""

    def __init__(self, target: ast.AST, value: ast.expr) -> None:
        self.target, self.value = target, value

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """The node, or what replaces it."""
        if node is self.target:
            return self.value
        return super().generic_visit(node)

    def visit(self, node: ast.AST) -> Any:
        """The node, or what replaces it."""
        return self.value if node is self.target else super().visit(node)


def plain(tree: ast.AST) -> str:
    """As text."""
    return ast.unparse(tree)


def sides(tree: ast.Expression) -> tuple[ast.expr, ast.expr]:
    """The two sides of a relation."""
    assert isinstance(tree.body, ast.Compare)
    return tree.body.left, tree.body.comparators[0]
